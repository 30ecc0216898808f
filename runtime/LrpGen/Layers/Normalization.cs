namespace LrpGen;

/// <summary>
/// Subtracts the mean over the last axes and divides by the deviation, y = w (x − mean) / √(variance + eps) + b, with a weight and a bias for every
/// element of these axes. As PyTorch's <c>nn.LayerNorm</c>.
/// </summary>
public sealed class LayerNormAttribute : WeightedLayerAttribute
{
    /// <summary>How many axes, from the last on: as many as the <c>normalized_shape</c> has. An integer or an expression.</summary>
    public object Axes { get; set; } = 1;

    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether the layer has weights; it has by default.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>Whether a layer with weights has biases too; it has by default.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// Divides by the root of the mean square over the last axis, y = w x / √(mean x² + eps). As PyTorch's <c>nn.RMSNorm</c>.
/// </summary>
public sealed class RMSNormAttribute : WeightedLayerAttribute
{
    /// <summary>Added to the mean square.</summary>
    public double Eps { get; set; } = 1e-6;
}

/// <summary>
/// Normalises each group of channels over the channels of the group and all positions, with a weight and a bias for every channel (the first axis).
/// As PyTorch's <c>nn.GroupNorm</c>.
/// </summary>
/// <param name="groups">Number of groups; it divides the channels.</param>
public sealed class GroupNormAttribute(object groups) : WeightedLayerAttribute
{
    /// <summary>Number of groups.</summary>
    public object Groups { get; } = groups;

    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether the layer has weights and biases; it has by default.</summary>
    public bool Affine { get; set; } = true;
}

/// <summary>Normalises each channel of (C, L) over its positions. As PyTorch's <c>nn.InstanceNorm1d</c>.</summary>
public sealed class InstanceNorm1dAttribute : WeightedLayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether the layer has a weight and a bias for every channel; it has none by default.</summary>
    public bool Affine { get; set; }
}

/// <summary>Normalises each channel of (C, H, W) over its pixels. As PyTorch's <c>nn.InstanceNorm2d</c>.</summary>
public sealed class InstanceNorm2dAttribute : WeightedLayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether the layer has a weight and a bias for every channel; it has none by default.</summary>
    public bool Affine { get; set; }
}

/// <summary>Divides by the Euclidean norm along the last axis, or by 1e-12 where that is more. As PyTorch's <c>F.normalize(x, dim=-1)</c>.</summary>
public sealed class NormalizeAttribute : LayerAttribute;
