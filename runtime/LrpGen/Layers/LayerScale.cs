namespace LrpGen;

/// <summary>
/// x times a learned scale, an <c>nn.Parameter</c> called like the layer, with one number for each position along an axis and axes of 1 behind it:
/// (C, 1, 1) for an image (C, H, W), (E) for rows of features. Without <see cref="Dim"/> it is the axis that it is for <see cref="SoftmaxAttribute"/>.
/// </summary>
public sealed class LayerScaleAttribute : WeightedLayerAttribute
{
    /// <summary>The axis, without the batch; by default the channels of an image, else the last. Negative ones count from the end.</summary>
    public int Dim { get; set; } = -1;
}
