using LrpGen.Onnx.Layers;

namespace LrpGen.Onnx.Import;

/// <summary>The layers of the class that is being written, and how values become layers.</summary>
internal sealed class LayerList
{
    /// <summary>Values of an output: more than any network has, but not what a file can claim in a few bytes.</summary>
    private const long LargestOutput = 1 << 28;

    /// <summary>Of what a batch norm takes, without the batch.</summary>
    public const int MostAxes = 3;

    /// <summary>Numbers that are computed of constants and shapes: masks and positions, but not what a few nodes can make of a few.</summary>
    private const long MostComputed = 1 << 25;

    private readonly List<ImportedLayer> layers = [];
    private long computed;

    public IReadOnlyList<ImportedLayer> Layers => layers;

    /// <summary>The largest number of tokens, if the network's input is their ids.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether the network's input is token ids.</summary>
    public bool HasTokens => Tokens is not null;

    /// <summary>What differs from the model, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    public ImportedLayer this[LayerOutput output] => layers[output.Layer];

    /// <summary>The network's own input.</summary>
    /// <exception cref="OnnxException">It is too large.</exception>
    public static LayerOutput Input(IReadOnlyList<int> shape, IReadOnlyList<int> axes) =>
        IsOfSize(shape) ? new LayerOutput(-1, shape, axes) : throw new OnnxException($"its input is as large as ({string.Join(", ", shape)})");

    /// <summary>Adds a layer whose output has the axes of its input.</summary>
    public LayerOutput Add(Node node, string kind, LayerOutput source, IReadOnlyList<int> shape, params IReadOnlyList<string> arguments) =>
        Add(new ImportedLayer(node, kind, [source.Layer], arguments), source, shape);

    /// <summary>Adds a layer whose output has the axes of <paramref name="source"/>.</summary>
    public LayerOutput Add(ImportedLayer layer, LayerOutput source, IReadOnlyList<int> shape)
    {
        if (!IsOfSize(shape))
        {
            throw layer.Node.Unsupported($"an output of ({string.Join(", ", shape)})");
        }

        layers.Add(layer);
        return source.With(layers.Count - 1, shape);
    }

    /// <summary>Counts numbers that a node is about to compute of constants.</summary>
    /// <exception cref="UnsupportedException">They are too many.</exception>
    public void CountComputed(Node node, long count)
    {
        if (count > MostComputed - computed)
        {
            throw node.Unsupported($"it computes {count} numbers of constants; at most {MostComputed} are supported, of all nodes together");
        }

        computed += count;
    }

    /// <summary>Replaces a layer by one that does more.</summary>
    public void Replace(int index, ImportedLayer layer) => layers[index] = layer;

    /// <summary>Replaces the last layer by one that does more.</summary>
    public LayerOutput ReplaceLast(ImportedLayer layer, LayerOutput source, IReadOnlyList<int> shape)
    {
        layers.RemoveAt(layers.Count - 1);
        return Add(layer, source, shape);
    }

    /// <summary>A value as a layer's output.</summary>
    /// <exception cref="UnsupportedException">No layer gives it.</exception>
    public LayerOutput LayerOf(Value value) => value switch
    {
        LayerOutput output => output,
        Elementwise function => function.Layer ??= LayerOf(function),
        Normalized { Node.Operator: "Softmax" } softmax => softmax.Layer ??= Normalizations.Softmax(this, softmax),
        Reduced reduced => reduced.Layer ??= Reductions.Layer(reduced),
        Product product => product.Layer ??= Linears.Layer(product),
        Masked masked => throw masked.Node.Unsupported("a causal mask is supported only within attention"),
        Shared shared => throw shared.Node.Unsupported("heads are repeated only for attention"),
        TokenIds => throw new UnsupportedException("token ids are read by what is no embedding"),
        Normalized normalized => throw normalized.Node.Unsupported("it is supported only as the last operator, where it is left out"),
        Padded padded => padded.Layer ??= Padding.ZeroPad(this, padded),
        _ => throw new UnsupportedException("a layer reads a tensor that does not depend on the input"),
    };

    /// <summary>
    /// What a softmax or an activation that is not 0 where its input is reads, with its node: explanations start from there. Null if the value
    /// is neither.
    /// </summary>
    public (Node Node, Value Scores)? BeforeScores(Value value)
    {
        if (value is Normalized softmax)
        {
            return (softmax.Node, softmax.Source);
        }

        return value is Elementwise { Layer: null } function
            && Source.Of(function).FirstOrDefault(source => IsLayer(source.Argument)) is { HasOffset: true, Argument: var scores }
            ? (function.Node, scores)
            : null;
    }

    /// <summary>The output of a layer that has the graph's axes: what gives the value, or a permutation of its axes.</summary>
    public LayerOutput Natural(Node node, LayerOutput output)
    {
        if (output.IsNatural)
        {
            return output;
        }

        if (output.Flattening is { } flattening)
        {
            return output.Natural ??= Reordered(node, output, flattening.Shape, flattening.Axes);
        }

        return output.Natural ??= Add(
            new ImportedLayer(node, "Permute", [output.Layer], [.. output.Axes.Select(axis => $"{axis}")]),
            new LayerOutput(output.Layer, output.Shape) { Batch = output.Batch },
            [.. output.Axes.Select(axis => output.Shape[axis])]);
    }

    /// <summary>A vector that was flattened with its channels last, in the graph's order.</summary>
    private LayerOutput Reordered(Node node, LayerOutput vector, IReadOnlyList<int> shape, IReadOnlyList<int> axes)
    {
        LayerOutput image = Add(node, "Reshape", new LayerOutput(vector.Layer, shape), shape, [.. shape.Select(size => $"{size}")]);
        int[] permuted = [.. axes.Select(axis => shape[axis])];
        LayerOutput natural = Add(node, "Permute", new LayerOutput(image.Layer, permuted), permuted, [.. axes.Select(axis => $"{axis}")]);
        return Add(node, "Flatten", new LayerOutput(natural.Layer, vector.Shape), vector.Shape);
    }

    /// <summary>The sum or product of all inputs; axes of size 1 are broadcast.</summary>
    public LayerOutput Join(Node node, string kind, IEnumerable<Value> values)
    {
        LayerOutput[] inputs = [.. values.Select(LayerOf)];
        if (!inputs.All(input => input.HasViewOf(inputs[0])) && inputs.All(input => input.Order is null))
        {
            inputs = Array.ConvertAll(inputs, input => Natural(node, input));
        }

        int rank = inputs[0].Shape.Count;
        int[] shape = [.. Enumerable.Range(0, rank).Select(axis => inputs.Max(input => axis < input.Shape.Count ? input.Shape[axis] : 0))];
        if (!inputs.All(input => input.HasViewOf(inputs[0]) && input.Shape.Zip(shape).All(size => size.First == size.Second || size.First == 1)))
        {
            IEnumerable<string> shapes = inputs.Select(input => $"({string.Join(", ", input.GraphShape)})");
            throw node.Unsupported($"its inputs are of shapes {string.Join(" and ", shapes)}");
        }

        return Add(new ImportedLayer(node, kind, [.. inputs.Select(input => input.Layer)], []), inputs[0], shape);
    }

    /// <summary>Drops the layers that the given one does not depend on: pieces of what has become one layer.</summary>
    public LayerOutput Prune(LayerOutput output)
    {
        bool[] isNeeded = new bool[layers.Count];
        if (output.Layer >= 0)
        {
            isNeeded[output.Layer] = true;
        }

        for (int layer = layers.Count - 1; layer >= 0; layer--)
        {
            foreach (int input in isNeeded[layer] ? layers[layer].Inputs.Where(input => input >= 0) : [])
            {
                isNeeded[input] = true;
            }
        }

        // The network's input is −1.
        int[] index = [.. isNeeded.Select((_, layer) => isNeeded.Take(layer).Count(needed => needed))];
        foreach (ImportedLayer layer in layers.Where((_, layer) => isNeeded[layer]))
        {
            layer.Inputs = [.. layer.Inputs.Select(input => input < 0 ? input : index[input])];
            layer.Complete();
        }

        ImportedLayer[] needed = [.. layers.Where((_, layer) => isNeeded[layer])];
        layers.Clear();
        layers.AddRange(needed);
        return output.With(output.Layer < 0 ? output.Layer : index[output.Layer], output.Shape);
    }

    /// <summary>a·scale + shift with numbers for each channel, in the layer's own order.</summary>
    public LayerOutput Scaling(Node node, LayerOutput source, float[] scale, float[] shift)
    {
        LayerOutput output = Add(node, BatchNorm(source), source, source.Shape, "Eps = 0");
        ImportedLayer layer = this[output];
        layer.Add("weight", [scale.Length], scale);
        layer.Add("bias", [scale.Length], shift);
        layer.Add("running_mean", [scale.Length], new float[scale.Length]);
        layer.Add("running_var", [scale.Length], [.. scale.Select(_ => 1f)]);
        return output;
    }

    public static string BatchNorm(LayerOutput source) => source.Shape.Count == 3 ? "BatchNorm2d" : "BatchNorm1d";

    /// <summary>
    /// A function as a layer: as an activation of the earliest value that it is an activation of and that is a layer, so that all nodes of
    /// GELU become one layer; else, for a sum, as the sum of what it adds.
    /// </summary>
    private LayerOutput LayerOf(Elementwise function)
    {
        if (NormalizationInPieces.Find(function) is { } normalization)
        {
            return Normalizations.Layer(this, function.Node, normalization);
        }

        if (function.IsSum && function.Operands.All(operand => operand is LayerOutput))
        {
            return Join(function.Node, "Add", function.Operands);
        }

        if (function.Numbers.Count() > ElementwiseOperator.MostOperands)
        {
            throw function.Node.Unsupported($"it is a function with {function.Numbers.Count()} numbers");
        }

        Source? source = Source.Of(function).FirstOrDefault(source => IsLayer(source.Argument));
        if (source is null && (function.IsSum || function.IsProduct))
        {
            return Join(function.Node, function.IsSum ? "Add" : "Multiply", function.Operands);
        }

        // If none of them is a layer, the fault of the earliest is told.
        source ??= Source.Of(function).FirstOrDefault() ?? throw Unsupported(function);

        LayerOutput input = LayerOf(source.Argument);
        (float scale, float shift) = source.Scaling;
        int channels = input.Shape[0];

        // A batch norm has a number for each channel, which is the first axis: there may be too many axes, or just tokens along it.
        if (source.Activation is null && shift == 0 && scale != 1 && (input.Shape.Count > MostAxes || (HasTokens && input.Shape.Count == 2)))
        {
            ImportedLayer multiple = new(function.Node, "LayerScale", [input.Layer], []);
            multiple.Add("", [input.Shape[^1]], [.. Enumerable.Repeat(scale, input.Shape[^1])]);
            return Add(multiple, input, input.Shape);
        }

        if (source.Activation is null && shift != 0 && HasTokens && input.Shape.Count == 2)
        {
            throw function.Node.Unsupported("no layer adds the same number to every feature of tokens");
        }

        if (source.Activation is null && (scale, shift) != (1, 0) && input.Shape.Count > MostAxes)
        {
            throw function.Node.Unsupported($"no layer computes it of more than {MostAxes} axes");
        }

        return source.Activation is var (kind, arguments)
            ? Add(new ImportedLayer(function.Node, kind, [input.Layer], arguments) { HasOffset = source.HasOffset }, input, input.Shape)
            : (scale, shift) == (1, 0) ? input
            : Scaling(function.Node, input, [.. Enumerable.Repeat(scale, channels)], [.. Enumerable.Repeat(shift, channels)]);
    }

    /// <summary>Whether a layer gives the value, or could.</summary>
    private static bool IsLayer(Value value) => value is not Elementwise { Layer: null } function
        || (function.IsLayer ??= NormalizationInPieces.Find(function) is not null
            || Source.Of(function).Any(source => IsLayer(source.Argument))
            || ((function.IsSum || function.IsProduct) && function.Operands.All(IsLayer)));

    private static bool IsOfSize(IReadOnlyList<int> shape) =>
        shape.All(size => size > 0) && shape.Aggregate((Int128)1, (product, size) => product * size) <= LargestOutput;

    private static UnsupportedException Unsupported(Elementwise function) => function.Node.Unsupported(
        function.Operands.Count(operand => operand is not Scalar) > 1
            ? "no layer computes it from two values"
            : $"no layer computes it{(function.Numbers.Any() ? $" with {string.Join(" and ", function.Numbers.Select(CSharp.Number))}" : "")}");
}
