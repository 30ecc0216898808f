using LrpGen.Execution;
using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Export;

/// <summary>Writes a network as a model: a value for each layer, under the layer's name.</summary>
internal static class ModelWriter
{
    /// <summary>Of ONNX 1.12, which ONNX Runtime reads since 1.12; IR version 8 came with ONNX 1.10.</summary>
    private const int OperatorSet = 17;

    private const int IrVersion = 8;

    /// <summary>How the model calls the number of samples.</summary>
    private const string Batch = "N";

    /// <summary>How the model calls the number of rows or tokens, if calls choose it.</summary>
    private const string Length = "T";

    private const string OutputName = "output";

    /// <exception cref="WeightsException">Tensors are missing, unexpected or of another shape.</exception>
    /// <exception cref="OnnxException">The network is too large, or of layers that are not known.</exception>
    public static ModelProto Write(NetworkDescription network, ITensorSource weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        StateDict tensors = new(weights, network.Name, [.. network.Tensors]);
        if (network.Tensors.Sum(tensor => tensor.Shape.Aggregate((long)sizeof(float), (bytes, size) => bytes * size)) > int.MaxValue)
        {
            throw new OnnxException($"The weights of {network.Name} exceed the 2 GB that an ONNX file can hold.");
        }

        GraphBuilder graph = new(network.Name);
        LayerWriter writer = new(graph, network);
        string input = graph.UniqueName(NetworkDescription.InputName);
        string output = graph.UniqueName(OutputName);
        foreach (TensorDescription tensor in network.Tensors)
        {
            float[] elements = [.. tensors.Read(tensor.Name)];
            int size = tensor.Shape.Aggregate(1, (product, length) => product * length);
            graph.Constant(tensor.Name, tensor.Shape, elements.Length < size ? [.. Enumerable.Repeat(elements[0], size)] : elements);
        }

        foreach (LayerDescription layer in network.Layers)
        {
            writer.Write(layer);
        }

        LayerDescription last = network.Layers[^1];
        graph.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = output, Input = { writer.ValueOf(last.Name) }, Output = { output } });
        IEnumerable<DimensionProto> rest = network.IsOfTokens ? [] : network.InputShape.Skip(1).Select(Dimension);
        graph.Graph.Input.Add(network.IsVariable
            ? Value(input, network.IsOfTokens ? ElementType.Int64 : ElementType.Float, [new DimensionProto { DimParam = Length }, .. rest])
            : Value(input, ElementType.Float, network.InputShape.Select(Dimension)));

        // Which of its sizes follow from the length is not known here.
        graph.Graph.Output.Add(Value(
            output, ElementType.Float, last.OutputShape.Select(size => network.IsVariable && last.OutputShape.Count > 1 ? new() : Dimension(size))));
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = nameof(LrpGen),
            OpsetImport = { new OperatorSetProto { Domain = "", Version = OperatorSet } },
            Graph = graph.Graph,
        };
    }

    private static DimensionProto Dimension(int size) => new() { DimValue = size };

    private static ValueProto Value(string name, ElementType type, IEnumerable<DimensionProto> shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TensorTypeProto
            {
                ElemType = (int)type,
                Shape = new ShapeProto { Dim = { new DimensionProto { DimParam = Batch }, shape } },
            },
        },
    };
}
