namespace Architectures;

/// <summary>Makes a network's input of colours between 0 and 1: (colour − mean) / deviation, for red, green and blue.</summary>
/// <param name="Mean">Of each channel.</param>
/// <param name="Deviation">Of each channel.</param>
public sealed record Normalization(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>By mean and standard deviation of ImageNet's images.</summary>
    public static Normalization ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Values between −1 and 1.</summary>
    public static Normalization MinusOneToOne { get; } = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);
}
