namespace LrpGen;

/// <summary>
/// Batch normalisation of features (F) or of channels (C, L) by stored statistics. As PyTorch's <c>nn.BatchNorm1d</c> in evaluation.
/// </summary>
/// <remarks>
/// Folded, when the weights are loaded, into the linear or convolutional layer before it, else into the one behind it if that does not pad.
/// Otherwise it is a layer of its own; the plan in the network's <see cref="NetworkDescription"/> tells.
/// </remarks>
public sealed class BatchNorm1dAttribute : WeightedLayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;
}

/// <summary>Batch normalisation of channels (C, H, W) by stored statistics. As PyTorch's <c>nn.BatchNorm2d</c> in evaluation.</summary>
/// <remarks>Folded into another layer where that is possible, see <see cref="BatchNorm1dAttribute"/>.</remarks>
public sealed class BatchNorm2dAttribute : WeightedLayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;
}
