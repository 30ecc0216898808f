using LrpGen.Onnx.Format;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>A layer that is being written, with what it reads.</summary>
/// <param name="graph">Where it is written to.</param>
/// <param name="layer">The layer.</param>
/// <param name="inputs">Names of the values that it reads, and their shapes without the batch.</param>
internal sealed class ExportedLayer(GraphBuilder graph, LayerDescription layer, IReadOnlyList<(string Value, IReadOnlyList<int> Shape)> inputs)
{
    public string Name => layer.Name;

    /// <summary>PyTorch's name, such as <c>Conv2d</c>.</summary>
    public string Kind => layer.Kind;

    public IReadOnlyList<(string Value, IReadOnlyList<int> Shape)> Inputs => inputs;

    public IReadOnlyList<TensorDescription> Tensors => layer.Tensors;

    /// <summary>Whether calls choose the number of rows of the network's input, and sizes that follow from it.</summary>
    public bool IsVariable { get; init; }

    /// <summary>The value that it reads, the first if several.</summary>
    public string Input => inputs[0].Value;

    /// <summary>The shape of what it reads, without the batch.</summary>
    public IReadOnlyList<int> InputShape => inputs[0].Shape;

    /// <summary>The shape of what it gives, without the batch.</summary>
    public IReadOnlyList<int> OutputShape => layer.OutputShape;

    /// <summary>An operator that is the whole layer: it reads the layer's inputs and tensors.</summary>
    public string Whole(string op, params IEnumerable<AttributeProto> attributes) =>
        Result(op, [.. inputs.Select(input => input.Value), .. Tensors.Select(tensor => tensor.Name)], attributes);

    /// <summary>The operator that gives the layer's value.</summary>
    public string Result(string op, IEnumerable<string> read, params IEnumerable<AttributeProto> attributes) => graph.Add(op, Name, read, attributes);

    public string Result(string op, params string[] read) => graph.Add(op, Name, read);

    /// <summary>An operator that is part of the layer.</summary>
    public string Part(string op, params string[] read) => graph.Add(op, $"{Name}/{op}", read);

    public string Part(string op, IEnumerable<string> read, params IEnumerable<AttributeProto> attributes) =>
        graph.Add(op, $"{Name}/{op}", read, attributes);

    /// <summary>A tensor of the layer under the name that PyTorch gives it, such as <c>weight</c>; null if it has none.</summary>
    public string? Tensor(string name) => Tensors.FirstOrDefault(tensor => tensor.Name.EndsWith($".{name}", StringComparison.Ordinal))?.Name;

    /// <summary>A size of what it reads, as a list of one.</summary>
    /// <param name="axis">Counted with the batch.</param>
    /// <param name="input">Which of its inputs.</param>
    public string SizeOf(int axis, int input = 0) =>
        Part("Shape", [inputs[input].Value], GraphBuilder.Attribute("start", axis), GraphBuilder.Attribute("end", axis + 1));

    /// <summary>A tensor that is no parameter.</summary>
    public string Constant(string name, IEnumerable<int> shape, float[] elements) => graph.Constant($"{Name}/{name}", shape, elements);

    public string Constant(string name, IEnumerable<int> integers) => graph.Constant($"{Name}/{name}", [.. integers.Select(value => (long)value)]);

    public string Scalar(double value) => graph.Constant($"{Name}/constant", [], [(float)value]);

    /// <summary>An integer without axes.</summary>
    public string Index(int value) => graph.Index($"{Name}/index", value);

    public bool Has(string argument) => layer.Arguments.Any(given => given.Name == argument);

    public int[] Integers(string argument) => [.. Values(argument).Select(value => (int)value)];

    public int Integer(string argument) => (int)Number(argument);

    public double Number(string argument) => Values(argument).Single();

    /// <summary>An axis, counted with the batch.</summary>
    public int Axis(string argument) => Integer(argument) + 1;

    private IReadOnlyList<double> Values(string argument) => layer.Arguments.Single(given => given.Name == argument).Values;
}
