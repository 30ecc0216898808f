using LrpGen.Onnx.Layers;

namespace LrpGen.Onnx.Import;

/// <summary>From a graph to layers: node by node, in the order of the graph.</summary>
internal sealed class Importer
{
    /// <summary>Faults that a message lists.</summary>
    private const int MaxListed = 50;

    private readonly Graph graph;
    private readonly NetworkInput input;
    private readonly LayerList layers;
    private readonly List<string> faults = [];
    private readonly HashSet<string> knownFaults = [];

    /// <summary>What names stand for; null for what cannot be imported.</summary>
    private readonly Dictionary<string, Value?> values = [];

    private Importer(Graph graph, NetworkInput input)
    {
        this.graph = graph;
        this.input = input;
        layers = new() { Tokens = (input.Value as TokenIds)?.Count };
        layers.Notes.AddRange(input.Notes);
        if (graph.Outputs.Where(output => output != graph.Output).ToList() is { Count: > 0 } others)
        {
            layers.Notes.Add($"The class gives {graph.Output}; {string.Join(" and ", others)} {(others.Count == 1 ? "is" : "are")} left out.");
        }
    }

    /// <exception cref="OnnxException">The file is damaged, or parts of it cannot be imported.</exception>
    public static ImportedNetwork Import(Stream stream, string description, ImportOptions options)
    {
        CheckNames(options);
        try
        {
            return Import(Graph.Read(stream, options.Output), Path.GetFileName(description), options);
        }
        catch (Exception exception) when (exception is OnnxException or UnsupportedException or OverflowException)
        {
            string message = $"{CSharp.WithoutControls(description)} cannot be imported: {exception.Message.TrimEnd('.')}.";
            throw new OnnxException(string.Join('\n', message.Split('\n').Select(CSharp.WithoutControls)));
        }
    }

    private static ImportedNetwork Import(Graph graph, string file, ImportOptions options)
    {
        NetworkInput input = NetworkInput.Of(graph, options.Tokens);
        ImportedNetwork imported = new Importer(graph, input).Import(file, options);
        return input is { IsVariable: true, Value: TokenIds ids }
            ? imported with { Notes = [.. imported.Notes, .. NotesOnLength(graph, file, options, imported, ids.Count)] }
            : imported;
    }

    /// <summary>
    /// Layers are those of the largest number of tokens, at which all sizes are known. That they are right for any is found by taking one token
    /// less, which must give the same layers.
    /// </summary>
    /// <exception cref="OnnxException">A layer depends on the number of tokens.</exception>
    private static IEnumerable<string> NotesOnLength(Graph graph, string file, ImportOptions options, ImportedNetwork imported, int count)
    {
        NetworkInput fewer = NetworkInput.Of(graph, count, fewer: 1);
        ImportedNetwork shorter;
        try
        {
            shorter = new Importer(graph, fewer).Import(file, options);
        }
        catch (OnnxException)
        {
            return [$"The model takes just {count} tokens, the class fewer, too."];
        }

        (string First, string Second) different = imported.Source.Split('\n').Zip(shorter.Source.Split('\n'))
            .FirstOrDefault(lines => lines.First != lines.Second
                && !lines.First.StartsWith("///", StringComparison.Ordinal)
                && !lines.First.StartsWith("[Network(", StringComparison.Ordinal));
        return different == default
            ? []
            : throw new OnnxException($"a layer depends on the number of tokens: {different.First} of {count}, {different.Second} of {count - 1}");
    }

    private ImportedNetwork Import(string file, ImportOptions options)
    {
        values.Add(input.Proto.Name, input.Value);
        foreach ((string name, Constant known) in input.Others)
        {
            values.Add(name, known);
        }

        foreach (Node node in graph.Nodes)
        {
            bool hasSeveral = OperatorTable.HasSeveralOutputs(node.Operator);
            Value? value = hasSeveral ? null : Try(() => Apply(node));
            foreach ((int index, string name) in node.Outputs.Index().Where(output => output.Item.Length > 0))
            {
                values.Add(
                    name,
                    hasSeveral ? Try(() => Apply(node, index), graph.IsRead(name))
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
        ClassWriter writer = new(layers.Layers, names, input, options);
        return new ImportedNetwork(className, writer.Write(className, file), Weights(names), layers.Notes);
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

        if (output.Batch is null)
        {
            throw graph.Nodes[^1].Unsupported($"its output ({string.Join(", ", output.GraphShape)}) is not one tensor for each sample");
        }

        if (!output.IsNatural)
        {
            output = layers.Natural(graph.Nodes[^1], output);
        }

        output = layers.Prune(output);
        Attentions.Pack(layers);
        Stacks.Pack(layers);
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

        string? wrong = (options.Explanations ?? []).Append(options.Namespace).FirstOrDefault(name => !CSharp.IsTypeName(name));
        if (wrong is not null)
        {
            throw new OnnxException($"'{wrong}' is no name in C#.");
        }
    }
}
