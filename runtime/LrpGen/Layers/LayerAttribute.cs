namespace LrpGen;

/// <summary>A layer of a network. It takes the output of the layer written before it, or of <see cref="From"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// Name of the layer, and of its tensors in a weight file; by default its index among the layers, as in PyTorch's <c>nn.Sequential</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Name of an earlier layer whose output this one takes, or <c>input</c> for the network's own input; by default the layer before.
    /// </summary>
    public string? From { get; set; }
}
