using LrpGen.Onnx.Export;
using LrpGen.Onnx.Format;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Normalisations by the statistics of a region of the input, and softmax.</summary>
internal static class Normalizations
{
    public static Family Family { get; } = new(
        new()
        {
            ["LayerNorm"] = LayerNorm,
            ["RMSNorm"] = RmsNorm,
            ["GroupNorm"] = GroupNorm,
            ["InstanceNorm1d"] = InstanceNorm,
            ["InstanceNorm2d"] = InstanceNorm,
            ["Normalize"] = layer => layer.Whole("LpNormalization", Attribute("axis", -1), Attribute("p", 2)),
            ["Softmax"] = layer => layer.Whole("Softmax", Attribute("axis", layer.Axis("dim"))),
        },
        new()
        {
            ["LayerNormalization"] = LayerNormalization,
            ["InstanceNormalization"] = InstanceNormalization,
            ["LpNormalization"] = UnitNorm,
            ["Softmax"] = Softmax,
            ["LogSoftmax"] = Softmax,
        });

    private static string LayerNorm(ExportedLayer layer)
    {
        int[] shape = layer.Integers("normalized_shape");
        string scale = layer.Tensor("weight") ?? layer.Constant("ones", shape, Repeat(shape.Aggregate(1, (product, size) => product * size), 1));
        string[] read = [layer.Input, scale, .. layer.Tensor("bias") is { } bias ? [bias] : Array.Empty<string>()];
        return layer.Result("LayerNormalization", read, Attribute("axis", -shape.Length), Epsilon(layer));
    }

    /// <summary>w a / √(mean of a² + ε).</summary>
    private static string RmsNorm(ExportedLayer layer)
    {
        string a = layer.Input;
        string mean = layer.Part("ReduceMean", [layer.Part("Mul", a, a)], Attribute("axes", [-1]));
        string deviation = layer.Part("Sqrt", layer.Part("Add", mean, layer.Scalar(layer.Number("eps"))));
        return layer.Result("Mul", layer.Part("Div", a, deviation), layer.Tensor("weight")!);
    }

    private static string InstanceNorm(ExportedLayer layer)
    {
        int channels = layer.InputShape[0];
        string[] read =
        [
            layer.Input,
            layer.Tensor("weight") ?? layer.Constant("ones", [channels], Repeat(channels, 1)),
            layer.Tensor("bias") ?? layer.Constant("zeros", [channels], Repeat(channels, 0)),
        ];
        return layer.Result("InstanceNormalization", read, Epsilon(layer));
    }

    /// <summary>Groups are instances of one channel each.</summary>
    private static string GroupNorm(ExportedLayer layer)
    {
        int groups = layer.Integer("num_groups");
        string grouped = layer.Part("Reshape", layer.Input, layer.Constant("groups", [0, groups, -1]));
        string[] read = [grouped, layer.Constant("ones", [groups], Repeat(groups, 1)), layer.Constant("zeros", [groups], Repeat(groups, 0))];
        string normalized = layer.Part("InstanceNormalization", read, Epsilon(layer));
        string shape = layer.Constant("shape", [-1, .. layer.InputShape]);
        if (layer.Tensor("weight") is not { } weight)
        {
            return layer.Result("Reshape", normalized, shape);
        }

        string image = layer.Part("Reshape", normalized, shape);
        string perChannel = layer.Constant("channels", [-1, .. layer.InputShape.Skip(1).Select(_ => 1)]);
        string scaled = layer.Part("Mul", image, layer.Part("Reshape", weight, perChannel));
        return layer.Result("Add", scaled, layer.Part("Reshape", layer.Tensor("bias")!, perChannel));
    }

    private static AttributeProto Epsilon(ExportedLayer layer) => Attribute("epsilon", layer.Number("eps"));

    private static float[] Repeat(int count, float value) => [.. Enumerable.Repeat(value, count)];

    private static Value Softmax(Call call)
    {
        const int AxisByDefault = 13;
        Value source = call.Input(0) is Constant or TokenIds ? call.View(0) : call.Input(0);
        int rank = call.Rank(source);
        int axis = call.Axis(call.Node.Integer("axis", call.OperatorSet < AxisByDefault ? 1 : -1), rank);

        // Until operator set 13, all axes from the given one on were one.
        return call.OperatorSet >= AxisByDefault || axis == rank - 1
            ? new Normalized(call.Node, source, axis)
            : throw call.Node.Unsupported("it is not over one axis");
    }

    /// <summary>A softmax as a layer.</summary>
    public static LayerOutput Softmax(LayerList layers, Normalized softmax)
    {
        LayerOutput source = layers.LayerOf(softmax.Source);
        int rank = source.Shape.Count;
        int dim = source.OwnAxis(softmax.Axis) ?? throw softmax.Node.Unsupported("it works across the samples of a batch");
        bool isDefault = rank != 3 && dim == rank - 1;
        return layers.Add(
            new ImportedLayer(softmax.Node, "Softmax", [source.Layer], isDefault ? [] : [$"Dim = {dim}"]) { HasOffset = true }, source, source.Shape);
    }

    private static Value LayerNormalization(Call call)
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

    private static Value InstanceNormalization(Call call)
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

    private static Value UnitNorm(Call call)
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
}
