namespace LrpGen.Onnx.Import;

/// <summary>A node with what its inputs stand for.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">Its inputs; null for those that are left out.</param>
/// <param name="layers">The layers so far.</param>
/// <param name="graph">The graph.</param>
/// <param name="output">Index of the output that is computed.</param>
internal sealed class Call(Node node, IReadOnlyList<Value?> inputs, LayerList layers, Graph graph, int output)
{
    public int Output => output;

    public Node Node => node;

    public LayerList Layers => layers;

    public long OperatorSet => graph.OperatorSet;

    /// <summary>Whether the network's input is token ids, of which calls give any number.</summary>
    public bool HasTokens => layers.HasTokens;

    public IReadOnlyList<Value?> Inputs => inputs;

    /// <summary>Whether nothing else reads what this node reads.</summary>
    public bool IsOnlyReader(int input) => graph.ReadersOf(node.Inputs[input]) == 1;

    /// <summary>An input.</summary>
    /// <exception cref="UnsupportedException">It is left out.</exception>
    public Value Input(int index) => Optional(index) ?? throw node.Unsupported($"it lacks input {index}");

    public Value? Optional(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An input as the output of a layer, with the batch first.</summary>
    /// <exception cref="UnsupportedException">No layer gives it.</exception>
    public LayerOutput Layer(int index)
    {
        LayerOutput output = View(index);
        return output.Batch == 0
            ? output
            : throw node.Unsupported($"its input {index}, ({string.Join(", ", output.GraphShape)}), has the samples of a batch along another axis");
    }

    /// <summary>An input as the output of a layer, wherever the batch is.</summary>
    /// <exception cref="UnsupportedException">No layer gives it.</exception>
    public LayerOutput View(int index) => Input(index) switch
    {
        Constant => throw node.Unsupported($"its input {index} does not depend on the network's input"),
        TokenIds => throw node.Unsupported("it reads token ids, which only an embedding does"),
        { } value => layers.LayerOf(value),
    };

    /// <summary>An input as the output of a layer that has the graph's axes, with the batch first.</summary>
    /// <exception cref="UnsupportedException">No layer gives it.</exception>
    public LayerOutput Natural(int index) => Natural(Layer(index));

    public LayerOutput Natural(LayerOutput output) => layers.Natural(node, output);

    /// <summary>Shape of an input as the graph sees it, with the batch.</summary>
    /// <exception cref="UnsupportedException">It is left out.</exception>
    public IReadOnlyList<int> ShapeOf(int index) => Input(index) switch
    {
        Constant constant => constant.Shape,
        TokenIds ids => [1, ids.Count],
        _ => View(index).GraphShape,
    };

    /// <summary>An input that is a tensor of floating-point numbers; null if it is left out.</summary>
    /// <exception cref="UnsupportedException">It depends on the network's input, or holds integers.</exception>
    public Constant? OptionalFloats(int index) => Optional(index) switch
    {
        null => null,
        Constant { Floats: not null } constant => constant,
        _ => throw node.Unsupported($"its input {index} is not a tensor of floating-point numbers that is known"),
    };

    public Constant Floats(int index) => OptionalFloats(index) ?? throw node.Unsupported($"it lacks input {index}");

    /// <summary>An input that is one number.</summary>
    /// <exception cref="UnsupportedException">It is none, or depends on the network's input.</exception>
    public Constant Number(int index) =>
        Input(index) as Constant is { Count: 1 } number ? number : throw node.Unsupported($"its input {index} is not one number that is known");

    /// <summary>Integers from an input or, in older operator sets, from an attribute; null if there are neither.</summary>
    /// <remarks>Numbers beyond all sizes, such as the end of a slice that has none, become the largest.</remarks>
    /// <exception cref="UnsupportedException">They depend on the network's input.</exception>
    public int[]? Integers(int index, string attribute) => Optional(index) switch
    {
        null => node.Integers(attribute),
        Constant { Integers: { } integers } => Array.ConvertAll(integers, value => (int)Math.Clamp(value, int.MinValue, int.MaxValue)),
        _ => throw node.Unsupported($"its input {index} does not consist of integers that are known"),
    };

    /// <summary>Number of axes of a value, with the batch.</summary>
    public int Rank(Value value) => value switch
    {
        Reduced reduced => Rank(reduced.Source),
        Masked masked => Rank(masked.Source),
        Shared shared => shared.Source.Rank,
        Normalized softmax => Rank(softmax.Source),
        Product product => Rank(product.Left),
        Elementwise { Layer: null } function => function.Operands.Where(operand => operand is not Scalar).Select(Rank).DefaultIfEmpty(0).Max(),
        _ => layers.LayerOf(value).Rank,
    };

    /// <summary>An axis, counted from the end if negative.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw node.Unsupported($"it has no axis {axis}");

    /// <summary>Layers' own axes for axes of the graph's tensor.</summary>
    /// <exception cref="UnsupportedException">One of them is the batch.</exception>
    public int[] OwnAxes(LayerOutput output, IEnumerable<int> axes) =>
        [.. axes.Select(axis => output.OwnAxis(Axis(axis, output.Rank)) ?? throw node.Unsupported("it works across the samples of a batch"))];
}
