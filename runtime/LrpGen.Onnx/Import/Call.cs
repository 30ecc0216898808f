namespace LrpGen.Onnx.Import;

/// <summary>A node with what its inputs stand for.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">Its inputs; null for those that are left out.</param>
/// <param name="layers">The layers so far.</param>
/// <param name="graph">The graph.</param>
internal sealed class Call(Node node, IReadOnlyList<Value?> inputs, LayerList layers, Graph graph)
{
    public Node Node => node;

    public LayerList Layers => layers;

    public long OperatorSet => graph.OperatorSet;

    public IReadOnlyList<Value?> Inputs => inputs;

    /// <summary>Whether nothing else reads what this node reads.</summary>
    public bool IsOnlyReader(int input) => graph.ReadersOf(node.Inputs[input]) == 1;

    /// <summary>An input.</summary>
    /// <exception cref="UnsupportedException">It is left out.</exception>
    public Value Input(int index) => Optional(index) ?? throw node.Unsupported($"it lacks input {index}");

    public Value? Optional(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An input as the output of a layer.</summary>
    /// <exception cref="UnsupportedException">No layer gives it.</exception>
    public LayerOutput Layer(int index)
    {
        Value value = Input(index);
        return value is Constant ? throw node.Unsupported($"its input {index} does not depend on the network's input") : layers.LayerOf(value);
    }

    /// <summary>An input as the output of a layer, with its channels first.</summary>
    /// <exception cref="UnsupportedException">No layer gives it, or its axes are in another order.</exception>
    public LayerOutput ChannelsFirst(int index) => ChannelsFirst(Layer(index));

    public LayerOutput ChannelsFirst(LayerOutput output) =>
        output.IsNatural ? output : throw node.Unsupported("its input has its channels last");

    /// <summary>An input that is a tensor of floating-point numbers; null if it is left out.</summary>
    /// <exception cref="UnsupportedException">It depends on the network's input, or holds integers.</exception>
    public Constant? OptionalFloats(int index) => Optional(index) switch
    {
        null => null,
        Constant { Floats: not null } constant => constant,
        _ => throw node.Unsupported($"its input {index} is not a tensor of floating-point numbers that is known"),
    };

    public Constant Floats(int index) => OptionalFloats(index) ?? throw node.Unsupported($"it lacks input {index}");

    /// <summary>Integers from an input or, in older operator sets, from an attribute; null if there are neither.</summary>
    /// <remarks>Numbers beyond all sizes, such as the end of a slice that has none, become the largest.</remarks>
    /// <exception cref="UnsupportedException">They depend on the network's input.</exception>
    public int[]? Integers(int index, string attribute) => Optional(index) switch
    {
        null => node.Integers(attribute),
        Constant { Integers: { } integers } => Array.ConvertAll(integers, value => (int)Math.Clamp(value, int.MinValue, int.MaxValue)),
        _ => throw node.Unsupported($"its input {index} does not consist of integers that are known"),
    };

    /// <summary>An axis, counted from the end if negative.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw node.Unsupported($"it has no axis {axis}");

    /// <summary>Layers' own axes for axes of the graph's tensor.</summary>
    public int[] OwnAxes(LayerOutput output, IEnumerable<int> axes) => [.. axes.Select(axis => Axis(axis, output.Axes.Count + 1) switch
    {
        0 => throw node.Unsupported("it works across the samples of a batch"),
        int own => output.Axes[own - 1],
    })];
}
