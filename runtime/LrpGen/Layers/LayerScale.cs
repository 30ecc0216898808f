namespace LrpGen;

/// <summary>
/// x times a learned scale, an <c>nn.Parameter</c> called like the layer: of shape (C, 1, 1) for an image (C, H, W), else one for each feature of the
/// last axis.
/// </summary>
public sealed class LayerScaleAttribute : LayerAttribute;
