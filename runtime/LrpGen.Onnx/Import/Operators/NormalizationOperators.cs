namespace LrpGen.Onnx.Import;

/// <summary>A normalisation along axes.</summary>
/// <param name="Kind">LayerNorm, RMSNorm or Normalize.</param>
/// <param name="Source">What it normalises.</param>
/// <param name="Axes">The graph's axes, ascending.</param>
/// <param name="Eps">What is added to the variance.</param>
internal sealed record AxesNormalization(string Kind, Value Source, int[] Axes, double Eps);

/// <summary>Normalisations, as operators of their own or in pieces.</summary>
internal static class NormalizationOperators
{
    /// <summary>The least norm that PyTorch divides by.</summary>
    private const float LeastNorm = 1e-12f;

    public static Value Softmax(Call call)
    {
        const int AxisByDefault = 13;
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int axis = call.Axis(call.Node.Integer("axis", call.OperatorSet < AxisByDefault ? 1 : -1), rank);

        // Until operator set 13, all axes from the given one on were one.
        return axis > 0 && (call.OperatorSet >= AxisByDefault || axis == rank - 1)
            ? new Normalized(call.Node, source, source.Axes[axis - 1])
            : throw call.Node.Unsupported("it is not over one axis");
    }

    public static Value LayerNormalization(Call call)
    {
        LayerOutput source = call.Natural(0);
        int rank = source.Shape.Count + 1;
        int axis = call.Axis(call.Node.Integer("axis", -1), rank);
        int[] axes = axis == 0 ? throw call.Node.Unsupported("it works across the samples of a batch") : [.. Enumerable.Range(axis, rank - axis)];
        LayerOutput output = Layer(call.Layers, call.Node, new("LayerNorm", source, axes, call.Node.Number("epsilon", 1e-5)));
        ImportedLayer layer = call.Layers[output];
        AddTensor(call, layer, "weight", 1);
        if (call.Optional(2) is not null)
        {
            AddTensor(call, layer, "bias", 2);
        }

        return output;
    }

    public static Value InstanceNormalization(Call call)
    {
        LayerOutput source = call.Natural(0);
        int rank = source.Shape.Count - 1;
        if (rank is < 1 or > 2)
        {
            throw call.Node.Unsupported($"it has {rank} spatial axes, of which one or two are supported");
        }

        ImportedLayer layer = new(call.Node, $"InstanceNorm{rank}d", [source.Layer], Eps(call.Node, call.Node.Number("epsilon", 1e-5), 1e-5))
        {
            Parameter = [source.Shape[0]],
        };
        LayerOutput output = call.Layers.Add(layer, source, source.Shape);
        if (!call.Floats(1).Floats!.All(value => value == 1) || !call.Floats(2).Floats!.All(value => value == 0))
        {
            AddTensor(call, layer, "weight", 1);
            AddTensor(call, layer, "bias", 2);
        }

        return output;
    }

    public static Value UnitNorm(Call call)
    {
        LayerOutput source = call.Natural(0);
        return call.Node.Integer("p", 2) == 2 && call.Axis(call.Node.Integer("axis", -1), source.Shape.Count + 1) == source.Shape.Count
            ? call.Layers.Add(call.Node, "Normalize", source, source.Shape)
            : throw call.Node.Unsupported("only Euclidean norms along the last axis are supported");
    }

    /// <summary>The groups of a normalisation whose channels were reshaped to groups and back; null if it is none.</summary>
    public static LayerOutput? Grouped(Call call, LayerOutput source, int[] shape)
    {
        LayerList layers = call.Layers;
        if (!source.IsNatural
            || source is not { Layer: >= 0, Shape: [int groups, _] }
            || layers[source] is not { Kind: "InstanceNorm1d", Inputs: [int inner and >= 0], Tensors.Count: 0 } norm
            || layers.Layers[inner] is not { Kind: "Reshape", InputShape: { } before } reshape
            || !before.SequenceEqual(shape)
            || shape[0] % groups != 0)
        {
            return null;
        }

        ImportedLayer layer = new(call.Node, "GroupNorm", reshape.Inputs, [$"{groups}", .. norm.Arguments]) { Parameter = [shape[0]] };
        return layers.Add(layer, new LayerOutput(reshape.Inputs[0], shape), shape);
    }

    /// <summary>The normalisation that a quotient is; null if it is none.</summary>
    public static AxesNormalization? InPieces(Elementwise quotient)
    {
        if (Quotient(quotient) is not var (numerator, deviation))
        {
            return null;
        }

        if (deviation is Elementwise { Node.Operator: "Sqrt", Operands: [Elementwise { Node.Operator: "Add" } sum] }
            && Ordered(sum) is (Reduced { Call.Node.Operator: "ReduceMean" } squares, Scalar eps)
            && Squared(squares.Source) is { } squared
            && Same(squared, numerator))
        {
            bool isCentred = numerator is Elementwise { Node.Operator: "Sub", Operands: [_, Reduced] };
            return !isCentred ? new("RMSNorm", numerator, squares.Axes, eps.Number)
                : numerator is Elementwise { Operands: [{ } x, Reduced { Call.Node.Operator: "ReduceMean" } mean] }
                    && Same(mean.Source, x) && mean.Axes.SequenceEqual(squares.Axes)
                ? new("LayerNorm", x, squares.Axes, eps.Number)
                : null;
        }

        return Norm(deviation) is { } norm && Same(norm.Source, numerator) ? new("Normalize", numerator, norm.Axes, 0) : null;
    }

    /// <exception cref="UnsupportedException">It is along other axes than the last ones.</exception>
    public static LayerOutput Layer(LayerList layers, Node node, AxesNormalization normalization)
    {
        LayerOutput source = layers.Natural(node, layers.LayerOf(normalization.Source));
        int rank = source.Shape.Count;
        int count = normalization.Axes.Length;
        if (!normalization.Axes.SequenceEqual(Enumerable.Range(rank + 1 - count, count)) || (count > 1 && normalization.Kind != "LayerNorm"))
        {
            throw node.Unsupported("it normalizes along other axes than the last ones");
        }

        string[] axes = count == 1 ? [] : [$"Axes = {count}"];
        string[] eps = normalization.Kind switch
        {
            "LayerNorm" => Eps(node, normalization.Eps, 1e-5),
            "RMSNorm" => Eps(node, normalization.Eps, 1e-6),
            _ => [],
        };
        ImportedLayer layer = new(node, normalization.Kind, [source.Layer], [.. axes, .. eps])
        {
            Parameter = normalization.Kind == "Normalize" ? null : [.. source.Shape.Skip(rank - count)],
        };
        return layers.Add(layer, source, source.Shape);
    }

    /// <summary>The argument for what is added to a variance; none for PyTorch's default.</summary>
    /// <exception cref="UnsupportedException">It is no finite number of at least 0.</exception>
    public static string[] Eps(Node node, double eps, double usual) =>
        !float.IsFinite((float)eps) || eps < 0 ? throw node.Unsupported($"its epsilon is {eps}")
        : (float)eps == (float)usual ? []
        : [$"Eps = {CSharp.Number(eps)}"];

    /// <summary>Makes numbers the weights or biases of the normalisation before; false if they are not.</summary>
    public static bool TakesParameter(Call call, int input, LayerOutput source)
    {
        if (source is not { Layer: >= 0, IsNatural: true }
            || call.Layers[source] is not { Parameter: { } parameter } layer
            || !call.IsOnlyReader(input))
        {
            return false;
        }

        string tensor = call.Node.Operator switch { "Mul" => "weight", "Add" => "bias", _ => "" };
        bool isNext = tensor == "weight" ? layer.Tensors.Count == 0 : tensor == "bias" && layer.Tensors.Count == 1 && layer.Kind != "RMSNorm";
        bool isOfChannels = layer.Kind is not ("LayerNorm" or "RMSNorm");
        IEnumerable<int> expected = isOfChannels ? parameter.Concat(source.Shape.Skip(1).Select(_ => 1)) : parameter;
        Constant numbers = call.Floats(1 - input);
        if (!isNext || !numbers.Shape.SkipWhile(size => size == 1).SequenceEqual(expected.SkipWhile(size => size == 1))
            || numbers.Shape.Count > source.Shape.Count + 1)
        {
            return false;
        }

        layer.TensorName = numbers.Name.EndsWith(tensor, StringComparison.Ordinal) ? numbers.Name : layer.TensorName;
        layer.Add(tensor, parameter, numbers.Floats!);
        return true;
    }

    private static void AddTensor(Call call, ImportedLayer layer, string name, int index)
    {
        Constant tensor = call.Floats(index);
        layer.TensorName = layer.TensorName.Length == 0 ? tensor.Name : layer.TensorName;
        layer.Add(name, layer.Parameter!, tensor.Count == layer.Parameter!.Aggregate(1L, (product, size) => product * size)
            ? tensor.Floats!
            : throw call.Node.Unsupported($"{tensor.Count} numbers for ({string.Join(", ", layer.Parameter!)})"));
    }

    /// <summary>a / b, or a · (1 / b).</summary>
    private static (Value Numerator, Value Denominator)? Quotient(Elementwise function)
    {
        if (function is { Node.Operator: "Div", Operands: [{ } numerator, { } denominator] })
        {
            return (numerator, denominator);
        }

        if (function is not { Node.Operator: "Mul", Operands: [{ } left, { } right] })
        {
            return null;
        }

        return Inverse(right) is { } ofRight ? (left, ofRight) : Inverse(left) is { } ofLeft ? (right, ofLeft) : null;
    }

    private static Value? Inverse(Value value) => value switch
    {
        Elementwise { Node.Operator: "Reciprocal", Operands: [{ } inverted] } => inverted,
        Elementwise { Node.Operator: "Div", Operands: [Scalar { Number: 1 }, { } inverted] } => inverted,
        _ => null,
    };

    /// <summary>The operands of a sum with the number last.</summary>
    private static (Value First, Value Second) Ordered(Elementwise sum) =>
        sum.Operands is [Scalar number, { } other] ? (other, number) : (sum.Operands[0], sum.Operands[^1]);

    /// <summary>What a value is the square of; null if it is none.</summary>
    private static Value? Squared(Value value) => value switch
    {
        Elementwise { Node.Operator: "Pow", Operands: [{ } squared, Scalar { Number: 2 }] } => squared,
        Elementwise { Node.Operator: "Mul", Operands: [{ } squared, { } again] } when Same(squared, again) => squared,
        _ => null,
    };

    /// <summary>A Euclidean norm, at least PyTorch's least one or with no bound; null if a value is none.</summary>
    private static Reduced? Norm(Value value) => value switch
    {
        Reduced { Call.Node.Operator: "ReduceL2" } norm => norm,
        Elementwise { Node.Operator: "Clip", Operands: [{ } norm, Scalar least, Scalar { Number: double.PositiveInfinity }] }
            when (float)least.Number == LeastNorm => Norm(norm),
        Elementwise { Node.Operator: "Max", Operands: [{ } norm, Scalar least] } when (float)least.Number == LeastNorm => Norm(norm),
        _ => null,
    };

    /// <summary>Whether two values are the same, whether or not one has become a layer meanwhile.</summary>
    private static bool Same(Value first, Value second)
    {
        Value resolved = Resolve(first);
        Value other = Resolve(second);
        return ReferenceEquals(resolved, other)
            || (resolved is LayerOutput output && other is LayerOutput same && output.Layer == same.Layer && output.HasViewOf(same))
            || (resolved is Scalar number && other is Scalar equal && number.Number == equal.Number)
            || (resolved is Reduced mean && other is Reduced again && ReferenceEquals(Resolve(mean.Source), Resolve(again.Source))
                && mean.Call.Node.Operator == again.Call.Node.Operator && mean.Axes.SequenceEqual(again.Axes))
            || (resolved is Elementwise function && other is Elementwise twin && function.Node.Operator == twin.Node.Operator
                && function.Operands.Count == twin.Operands.Count && function.Operands.Zip(twin.Operands).All(pair => Same(pair.First, pair.Second)));
    }

    private static Value Resolve(Value value) => value switch
    {
        Elementwise { Layer: { } layer } => layer,
        Reduced { Layer: { } layer } => layer,
        _ => value,
    };
}
