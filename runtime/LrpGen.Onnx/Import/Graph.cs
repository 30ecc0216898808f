using Google.Protobuf;
using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Import;

/// <summary>A model's graph, checked as far as its names go: every name is written once, and before it is read.</summary>
internal sealed class Graph
{
    /// <summary>Before it, operators broadcast by an attribute.</summary>
    private const int OldestOperatorSet = 7;

    /// <summary>Operators whose result can be what they read, under another name.</summary>
    private static readonly HashSet<string> PassThrough =
    [
        "Identity", "Dropout", "Cast", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Concat", "Pad", "Slice", "Split", "Gather",
        "Expand", "ReduceMean", "ReduceMax", "ReduceL2", "LeakyRelu",
    ];

    private readonly Dictionary<string, TensorProto> initializers = [];

    /// <summary>For what a pass-through writes: what it reads.</summary>
    private readonly Dictionary<string, string> sources = [];

    private readonly Dictionary<string, int> readers = [];
    private readonly HashSet<string> needed = [];

    /// <exception cref="OnnxException">The model has no graph of one input and one output, or its names make no sense.</exception>
    private Graph(ModelProto model, string? output)
    {
        GraphProto graph = model.Graph ?? throw new OnnxException("it has no graph, so it is no ONNX model");
        OperatorSet = model.OpsetImport.Where(set => set.Domain is "" or "ai.onnx").Select(set => set.Version).DefaultIfEmpty(0).Max();
        if (OperatorSet < OldestOperatorSet)
        {
            throw new OnnxException($"its operator set is {OperatorSet}; {OldestOperatorSet} and later ones can be read");
        }

        if (graph.SparseInitializer.Count > 0)
        {
            throw new OnnxException("it has sparse tensors, which are not read");
        }

        foreach (TensorProto initializer in graph.Initializer)
        {
            if (!initializers.TryAdd(initializer.Name, initializer))
            {
                throw new OnnxException($"it has two tensors '{initializer.Name}'");
            }
        }

        Inputs = [.. graph.Input.Where(input => !initializers.ContainsKey(input.Name))];
        if (Inputs.GroupBy(input => input.Name).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw new OnnxException($"it has two inputs '{repeated.Key}'");
        }

        Outputs = [.. graph.Output.Select(value => value.Name)];
        Output = output is null || Outputs.Contains(output)
            ? output ?? Outputs.FirstOrDefault() ?? throw new OnnxException("it has no output")
            : throw new OnnxException($"it has no output '{output}'; its outputs are {string.Join(", ", Outputs)}");
        Nodes = Needed([.. graph.Node.Select(node => new Node(node))]);
    }

    public long OperatorSet { get; }

    /// <summary>Those that are no weights.</summary>
    public IReadOnlyList<ValueProto> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The output that is imported.</summary>
    public string Output { get; }

    /// <summary>The nodes that the output depends on, in an order of computation.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="output">Name of the output that is imported; null for the first.</param>
    /// <exception cref="OnnxException">The file is damaged, or lacks that output.</exception>
    public static Graph Read(Stream stream, string? output)
    {
        try
        {
            return new Graph(ModelProto.Parser.ParseFrom(stream), output);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxException($"it is damaged, or no ONNX model: {exception.Message.TrimEnd('.')}");
        }
    }

    public TensorProto? Initializer(string name) => initializers.GetValueOrDefault(name);

    /// <summary>Whether any node that is needed reads a name.</summary>
    public bool IsRead(string name) => needed.Contains(name);

    /// <summary>Whether a node looks the values of a name up in a table.</summary>
    public bool IsLookedUp(string name) => Nodes.Any(
        node => node.Operator == "Gather" && node.Inputs is [_, var indices, ..] && SourceOf(indices) == name);

    /// <summary>How often a value is read, under all its names.</summary>
    public int ReadersOf(string name) => readers.GetValueOrDefault(SourceOf(name));

    private string SourceOf(string name) => sources.GetValueOrDefault(name, name);

    private List<Node> Needed(IReadOnlyList<Node> nodes)
    {
        HashSet<string> written = [.. Inputs.Select(input => input.Name), .. initializers.Keys];
        foreach (Node node in nodes)
        {
            if (node.Inputs.FirstOrDefault(name => name.Length > 0 && !written.Contains(name)) is { } unknown)
            {
                throw new OnnxException(node.Unsupported($"it reads '{unknown}', which nothing before it writes").Message);
            }

            if (node.Outputs.FirstOrDefault(name => name.Length > 0 && !written.Add(name)) is { } repeated)
            {
                throw new OnnxException(node.Unsupported($"it writes '{repeated}', which is written already").Message);
            }
        }

        if (!written.Contains(Output))
        {
            throw new OnnxException($"nothing writes its output '{Output}'");
        }

        foreach (Node node in nodes.Where(IsPassThrough))
        {
            foreach (string output in node.Outputs)
            {
                sources[output] = SourceOf(node.Inputs[0]);
            }
        }

        List<Node> ordered = [];
        Read(Output);
        foreach (Node node in nodes.Reverse().Where(node => node.Outputs.Any(needed.Contains)))
        {
            ordered.Add(node);
            foreach ((int index, string name) in node.Inputs.Index().Where(input => input.Item.Length > 0))
            {
                needed.Add(name);
                // A shape is known without the values.
                if ((index > 0 || !IsPassThrough(node)) && node.Operator != "Shape")
                {
                    Read(name);
                }
            }
        }

        ordered.Reverse();
        return ordered;
    }

    private static bool IsPassThrough(Node node) =>
        PassThrough.Contains(node.Operator) && node.Inputs.Count > 0 && node.Inputs[0].Length > 0 && node.Outputs.Count > 0;

    private void Read(string name)
    {
        needed.Add(name);
        readers[SourceOf(name)] = ReadersOf(name) + 1;
    }
}
