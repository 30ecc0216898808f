using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Import;

/// <summary>From a graph to layers: node by node, in the order of the graph.</summary>
internal sealed class Importer
{
    /// <summary>Faults that a message lists.</summary>
    private const int MaxListed = 50;

    private readonly Graph graph;
    private readonly LayerList layers = new();
    private readonly List<string> faults = [];
    private readonly HashSet<string> knownFaults = [];

    /// <summary>What names stand for; null for what cannot be imported.</summary>
    private readonly Dictionary<string, Value?> values = [];

    private Importer(Graph graph) => this.graph = graph;

    /// <exception cref="OnnxException">The file is damaged, or parts of it cannot be imported.</exception>
    public static ImportedNetwork Import(Stream stream, string description, ImportOptions options)
    {
        CheckNames(options);
        try
        {
            return new Importer(Graph.Read(stream)).Import(Path.GetFileName(description), options);
        }
        catch (Exception exception) when (exception is OnnxException or UnsupportedException or OverflowException)
        {
            string message = $"{CSharp.WithoutControls(description)} cannot be imported: {exception.Message.TrimEnd('.')}.";
            throw new OnnxException(string.Join('\n', message.Split('\n').Select(CSharp.WithoutControls)));
        }
    }

    private ImportedNetwork Import(string file, ImportOptions options)
    {
        LayerOutput input = Input();
        values.Add(graph.Input.Name, input);
        foreach (Node node in graph.Nodes)
        {
            Value? value = node.Operator == "Split" ? null : Try(() => Apply(node));
            foreach ((int index, string name) in node.Outputs.Index().Where(output => output.Item.Length > 0))
            {
                values.Add(
                    name,
                    node.Operator == "Split" ? Try(() => Apply(node, index), graph.IsRead(name))
                    : index == 0 ? value
                    : Try(() => throw node.Unsupported($"its output {index} is read"), graph.IsRead(name)));
            }
        }

        Try(() => Finish(options));
        if (faults.Count > 0)
        {
            string more = faults.Count > MaxListed ? $"\n  and {faults.Count - MaxListed} more" : "";
            throw new OnnxException($"these parts are not supported:{string.Concat(faults.Take(MaxListed).Select(fault => $"\n  {fault}"))}{more}");
        }

        string className = options.ClassName ?? CSharp.ClassName(Path.GetFileNameWithoutExtension(file));
        string[] names = LayerNames.Of(layers.Layers);
        ClassWriter writer = new(layers.Layers, names, input.Shape, options);
        return new ImportedNetwork(className, writer.Write(className, file), Weights(names), layers.Notes);
    }

    /// <summary>The network's input. One that is only ever transposed to channels first has its channels last.</summary>
    private LayerOutput Input()
    {
        TensorTypeProto? type = graph.Input.Type?.TensorType;
        if (type is null || (ElementType)type.ElemType is not (ElementType.Float or ElementType.Double or ElementType.Float16))
        {
            throw new OnnxException($"its input '{graph.Input.Name}' is no tensor of floating-point numbers");
        }

        DimensionProto[] dimensions = [.. type.Shape?.Dim.Skip(1) ?? []];
        if (dimensions.Length < 1 || dimensions.Any(dimension => dimension.DimValue is < 1 or > int.MaxValue))
        {
            string given = string.Join(
                ", ", type.Shape?.Dim.Select(dimension => dimension.HasDimParam ? dimension.DimParam : $"{dimension.DimValue}") ?? []);
            throw new OnnxException(
                $"its input '{graph.Input.Name}' is of shape ({given}); expected a batch and fixed sizes. Export it for one size of input");
        }

        int[] sizes = [.. dimensions.Select(dimension => (int)dimension.DimValue)];
        int[] toChannelsFirst = [0, sizes.Length, .. Enumerable.Range(1, sizes.Length - 1)];
        IEnumerable<Node> readers = graph.Nodes.Where(node => node.Inputs.Contains(graph.Input.Name));
        if (sizes.Length is 1 or > 3 || !readers.All(
            node => node.Operator == "Transpose" && node.Integers("perm") is { } perm && perm.SequenceEqual(toChannelsFirst)))
        {
            return LayerList.Input(sizes, [.. Enumerable.Range(0, sizes.Length)]);
        }

        int[] shape = [sizes[^1], .. sizes.SkipLast(1)];
        layers.Notes.Add($"The model takes its input as ({string.Join(", ", sizes)}), the class as ({string.Join(", ", shape)}): channels first.");
        return LayerList.Input(shape, [.. Enumerable.Range(1, sizes.Length - 1), 0]);
    }

    private Value? Apply(Node node, int output = 0)
    {
        Value?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(name))];
        bool isKnown = node.Inputs.Zip(inputs).All(input => input.First.Length == 0 || input.Second is not null);

        if (!OperatorTable.Knows(node.Operator))
        {
            // Faults of the functions that it reads would show only when they become layers.
            foreach (Elementwise function in inputs.OfType<Elementwise>())
            {
                Try(() => layers.LayerOf(function));
            }

            throw node.Unsupported("no layer computes this operator");
        }

        // What reads a value that cannot be imported is no fault of its own.
        return isKnown ? OperatorTable.Apply(new Call(node, inputs, layers, graph, output)) : null;
    }

    private Value? Find(string name)
    {
        if (!values.TryGetValue(name, out Value? value))
        {
            value = TensorReader.Read(graph.Initializer(name)!);
            values.Add(name, value);
        }

        return value;
    }

    private Value? Finish(ImportOptions options)
    {
        Value? value = Find(graph.Output);
        if (!options.KeepSoftmax && value is not null && layers.BeforeScores(value) is var (node, scores))
        {
            layers.Notes.Add($"{node.Display} at the end is left out: the class gives logits, from which explanations start.");
            value = scores;
        }

        if (value is null)
        {
            return null;
        }

        LayerOutput output = layers.LayerOf(value);
        if (graph.Nodes.Count == 0)
        {
            throw new UnsupportedException("it computes nothing");
        }

        if (!output.IsNatural)
        {
            output = layers.Natural(graph.Nodes[^1], output);
        }

        output = layers.Prune(output);

        // The last layer gives the outputs of a class, which has at least one.
        return output.Layer >= 0 && output.Layer == layers.Layers.Count - 1 ? output
            : layers.Add(graph.Nodes[^1], "Identity", output, output.Shape);
    }

    /// <summary>A value, or null after a fault has been noted.</summary>
    private Value? Try(Func<Value?> import, bool isNeeded = true)
    {
        try
        {
            return isNeeded ? import() : null;
        }
        catch (UnsupportedException exception)
        {
            if (knownFaults.Add(exception.Message))
            {
                faults.Add(exception.Message);
            }

            return null;
        }
    }

    private TensorDictionary Weights(string[] names)
    {
        TensorDictionary weights = new();
        foreach ((ImportedLayer layer, string name) in layers.Layers.Zip(names))
        {
            foreach ((string tensor, (IReadOnlyList<int> shape, float[] elements)) in layer.Tensors)
            {
                weights.Add(tensor.Length == 0 ? name : $"{name}.{tensor}", [.. shape], elements);
            }
        }

        return weights;
    }

    private static void CheckNames(ImportOptions options)
    {
        if (options.ClassName is { } className && !CSharp.IsClassName(className))
        {
            throw new OnnxException($"'{className}' is no name of a class in C#.");
        }

        string? wrong = options.Explanations.Append(options.Namespace).FirstOrDefault(name => !CSharp.IsTypeName(name));
        if (wrong is not null)
        {
            throw new OnnxException($"'{wrong}' is no name in C#.");
        }
    }
}
