namespace LrpGen;

/// <summary>
/// Batch normalisation of features (F) or of channels (C, L) by stored statistics. As PyTorch's <c>nn.BatchNorm1d</c> in evaluation.
/// </summary>
/// <remarks>Folded into the linear or convolutional layer before it when the weights are loaded.</remarks>
public sealed class BatchNorm1dAttribute : LayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;
}

/// <summary>Batch normalisation of channels (C, H, W) by stored statistics. As PyTorch's <c>nn.BatchNorm2d</c> in evaluation.</summary>
/// <remarks>Folded into the convolution before it when the weights are loaded.</remarks>
public sealed class BatchNorm2dAttribute : LayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public double Eps { get; set; } = 1e-5;
}
