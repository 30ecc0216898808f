using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Import;

/// <summary>What the class takes for a graph's inputs: one of numbers, or token ids, from which a mask, types and positions follow.</summary>
internal sealed class NetworkInput
{
    /// <summary>Of attention, scores have as many as tokens times tokens.</summary>
    private const int MostTokens = 1 << 14;

    /// <summary>A number of tokens is tried with one less, and an axis of one token looks like that of a batch of one sample.</summary>
    private const int LeastTokens = 3;

    private NetworkInput(ValueProto proto, Value value, string arguments, string description)
    {
        Proto = proto;
        Value = value;
        Arguments = arguments;
        Description = description;
    }

    public ValueProto Proto { get; }

    public Value Value { get; }

    /// <summary>Of <c>[Network(…)]</c>.</summary>
    public string Arguments { get; }

    /// <summary>Sentences.</summary>
    public string Description { get; private set; }

    public bool IsTokens => Value is TokenIds;

    /// <summary>Whether the file lets a call choose the number of tokens.</summary>
    public bool IsVariable { get; private init; }

    /// <summary>The graph's other inputs, which are known.</summary>
    public Dictionary<string, Constant> Others { get; } = [];

    /// <summary>What differs from the model, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <param name="graph">The graph.</param>
    /// <param name="tokens">The most tokens that the class takes, where the file does not say.</param>
    /// <param name="fewer">How many fewer are taken, to see what depends on their number.</param>
    /// <exception cref="OnnxException">The class cannot have such inputs.</exception>
    public static NetworkInput Of(Graph graph, int? tokens, int fewer = 0)
    {
        ValueProto[] read = [.. graph.Inputs.Where(input => graph.IsRead(input.Name) || graph.Output == input.Name)];
        if (read.Length > 0 && read.All(input => TypeOf(input) is ElementType.Int64 or ElementType.Int32))
        {
            return Tokens(graph, read, tokens, fewer);
        }

        ValueProto[] all = read.Length == 0 ? [.. graph.Inputs] : read;
        return tokens is null
            ? all is [{ } input]
                ? Numbers(graph, input)
                : throw new OnnxException(
                    $"it has {all.Length} inputs ({string.Join(", ", all.Take(10).Select(given => given.Name))}) instead of one")
            : throw new OnnxException("a number of tokens was given, but its input is no token ids");
    }

    /// <summary>Of numbers. One that is only ever transposed to channels first has its channels last.</summary>
    private static NetworkInput Numbers(Graph graph, ValueProto input)
    {
        TensorTypeProto? type = input.Type?.TensorType;
        if (type is null || TypeOf(input) is not (ElementType.Float or ElementType.Double or ElementType.Float16))
        {
            throw new OnnxException($"its input '{input.Name}' is no tensor of floating-point numbers");
        }

        DimensionProto[] dimensions = [.. type.Shape?.Dim.Skip(1) ?? []];
        if (dimensions.Length < 1 || dimensions.Any(dimension => dimension.DimValue is < 1 or > int.MaxValue))
        {
            throw new OnnxException(
                $"its input '{input.Name}' is of shape ({Shape(type)}); expected a batch and fixed sizes. Export it for one size of input");
        }

        int[] sizes = [.. dimensions.Select(dimension => (int)dimension.DimValue)];
        int[] toChannelsFirst = [0, sizes.Length, .. Enumerable.Range(1, sizes.Length - 1)];
        IEnumerable<Node> readers = graph.Nodes.Where(node => node.Inputs.Contains(input.Name));
        if (sizes.Length is 1 or > 3 || !readers.All(
            node => node.Operator == "Transpose" && node.Integers("perm") is { } perm && perm.SequenceEqual(toChannelsFirst)))
        {
            return Numbers(input, sizes, [.. Enumerable.Range(0, sizes.Length)]);
        }

        int[] shape = [sizes[^1], .. sizes.SkipLast(1)];
        NetworkInput given = Numbers(input, shape, [.. Enumerable.Range(1, sizes.Length - 1), 0]);
        given.Notes.Add($"The model takes its input as ({string.Join(", ", sizes)}), the class as ({string.Join(", ", shape)}): channels first.");
        return given;
    }

    private static NetworkInput Numbers(ValueProto input, int[] shape, int[] axes)
    {
        string text = string.Join(", ", shape);
        return new(input, LayerList.Input(shape, axes), text, $"The input is ({text}).");
    }

    /// <summary>Of token ids: the input called so, or the first that is looked up in a table.</summary>
    private static NetworkInput Tokens(Graph graph, ValueProto[] inputs, int? tokens, int fewer)
    {
        ValueProto ids = inputs.FirstOrDefault(input => input.Name == "input_ids")
            ?? inputs.FirstOrDefault(input => graph.IsLookedUp(input.Name))
            ?? throw new OnnxException($"its input '{inputs[0].Name}' is no tensor of floating-point numbers, nor token ids that an embedding reads");
        TensorTypeProto type = ids.Type.TensorType;
        if (type.Shape?.Dim is not [_, { } length] || length.DimValue is < 0 or > MostTokens)
        {
            throw new OnnxException($"its input '{ids.Name}' is of shape ({Shape(type)}); expected a batch and at most {MostTokens} tokens");
        }

        if (length.DimValue > 0 && tokens is int other && other != length.DimValue)
        {
            throw new OnnxException($"its input '{ids.Name}' has {length.DimValue} tokens, not {other}");
        }

        int count = length.DimValue > 0 ? (int)length.DimValue
            : tokens is not int given
                ? throw new OnnxException($"its input '{ids.Name}' is of any length; say how many tokens the class takes at most")
            : given is >= LeastTokens and <= MostTokens ? given - fewer
            : throw new OnnxException($"{given} tokens were asked for; {LeastTokens} to {MostTokens} can be imported");
        NetworkInput result = new(ids, new TokenIds(count), $"Tokens = {count}", $"The input is up to {count} token ids.")
        {
            IsVariable = length.DimValue == 0,
        };
        foreach (ValueProto input in inputs.Where(input => input != ids))
        {
            result.Assume(input.Name, count, KindOf(graph, input));
        }

        return result;
    }

    /// <summary>What an input beside the token ids is: by its name, else types if it is looked up in a table, and a mask if not.</summary>
    private static string KindOf(Graph graph, ValueProto input) =>
        input.Name.Contains("position", StringComparison.OrdinalIgnoreCase) ? "positions"
        : input.Name.Contains("type", StringComparison.OrdinalIgnoreCase) || graph.IsLookedUp(input.Name) ? "types"
        : "mask";

    private void Assume(string input, int count, string kind)
    {
        long[] values = [.. Enumerable.Range(0, count).Select(position => kind switch { "positions" => position, "types" => 0L, _ => 1L })];
        Others.Add(input, new Constant("", [1, count], null, values));
        string taken = kind switch { "positions" => "0, 1, 2, …", "types" => "all zeros", _ => "all ones" };
        Notes.Add($"{input} is taken as {taken}.");
        Description += $" {input} is taken as {taken}.";
    }

    private static ElementType TypeOf(ValueProto input) => (ElementType)(input.Type?.TensorType?.ElemType ?? 0);

    private static string Shape(TensorTypeProto type) => string.Join(
        ", ", type.Shape?.Dim.Select(dimension => dimension.HasDimParam ? dimension.DimParam : $"{dimension.DimValue}") ?? []);
}
