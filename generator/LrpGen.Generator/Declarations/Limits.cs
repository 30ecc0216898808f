namespace LrpGen.Generator.Declarations;

/// <summary>How large a network may be, so that every size and index of the generated code fits in an <see cref="int"/>.</summary>
internal static class Limits
{
    /// <summary>The largest argument, and the most values of an input: leaves room for sums of sizes and paddings.</summary>
    public const int Size = 1 << 29;

    /// <summary>Values of a buffer: the longest array of .NET, less those by which its start is aligned.</summary>
    public const int Buffer = 0x7FFFFFC7 - Simd.Alignment;

    /// <summary>The most layers and copies of blocks: ResNet-1202, deep beyond need, has 4,800, and the generator takes seconds for them.</summary>
    public const int Layers = 5_000;

    /// <summary>How deep blocks are nested: deeper than anybody writes, and no deeper than the stack can bear.</summary>
    public const int BlockDepth = 64;

    /// <summary>A product that may be far beyond a <see cref="long"/>; exact up to 2⁵³.</summary>
    public static double Product(params long[] factors) => factors.Aggregate(1.0, (product, factor) => product * factor);

    /// <summary>
    /// At most so many values has a pixel in memory, or a row of packed weights: whole vectors, of which the last one of a grouped convolution
    /// may begin at any channel.
    /// </summary>
    public static long Pitch(int channels) => (channels + (2 * (Simd.Alignment - 1L))) / Simd.Alignment * Simd.Alignment;
}
