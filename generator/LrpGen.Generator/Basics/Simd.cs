namespace LrpGen.Generator.Basics;

/// <summary>The vectors that generated code computes with.</summary>
internal static class Simd
{
    /// <summary>Floats in a vector of 256 bits, which loops over elements and unrolled layers use: fast wherever there is AVX2.</summary>
    public const int Lanes = 8;

    /// <summary>Floats to which channels are padded: vectors of 512, 256 and 128 bits fill them, and they are a cache line.</summary>
    public const int Alignment = 16;

    /// <summary>Pitch of a network's input of few channels, a vector of 128 bits: such an input is never read as vectors of channels.</summary>
    public const int Narrow = 4;

    /// <summary>The smallest multiple of <see cref="Alignment"/> that is at least <paramref name="count"/>.</summary>
    public static int RoundUp(int count) => (count + Alignment - 1) / Alignment * Alignment;
}
