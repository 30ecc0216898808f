namespace LrpGen;

/// <summary>How the 3×3 convolutions of a network are computed.</summary>
public enum ConvolutionMethod
{
    /// <summary>
    /// As is fastest: those with stride 1, many channels and a large image by Winograd's F(4×4, 3×3), whose rounding is about twice that of a
    /// direct sum; the others directly.
    /// </summary>
    Fastest,

    /// <summary>All as they are defined, for the last digit.</summary>
    Direct,
}
