namespace LrpGen;

/// <summary>A layer of a network. Layers are applied in the order in which they are written.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>Name of the layer, and of its tensors in a weight file; by default its index among the layers, as in PyTorch's <c>nn.Sequential</c>.</summary>
    public string? Name { get; set; }
}
