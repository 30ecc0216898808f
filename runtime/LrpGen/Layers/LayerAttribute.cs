namespace LrpGen;

/// <summary>
/// A layer of a network or of a block. It takes the output of the layer written before it, or of <see cref="From"/>, or of all layers that it names.
/// </summary>
/// <remarks>
/// Sizes, which are of type <see cref="object"/>, are integers or expressions in strings, such as <c>"4 * width"</c>: integers, parameters
/// of the block, <c>channels</c> for the size of the layer's own input along its first axis, +, -, *, / that must leave no remainder, and
/// parentheses.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// Name of the layer, and of its tensors in a weight file; by default its index among the layers, as in PyTorch's <c>nn.Sequential</c>.
    /// The layers of a block bear the name of the block before theirs, with a dot: <c>layer1.0.conv1</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Name of an earlier layer whose output this one takes, or <c>input</c> for the input of the network, or of the block that the layer
    /// is written in; by default the layer before.
    /// </summary>
    public string? From { get; set; }
}
