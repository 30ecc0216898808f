namespace LrpGen.Generator.Planning;

/// <summary>The vectors that generated code computes with.</summary>
internal static class Simd
{
    /// <summary>Floats in a vector. 256 bits: fast wherever there is AVX2, and two of its operations a cycle fill today's units.</summary>
    public const int Lanes = 8;

    /// <summary>The smallest multiple of <see cref="Lanes"/> that is at least <paramref name="count"/>.</summary>
    public static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
