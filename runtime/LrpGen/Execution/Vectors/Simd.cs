using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>What is known of the machine's vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Simd
{
    /// <summary>Floats to which channels are padded: vectors of 512, 256 and 128 bits fill them, and they are a cache line.</summary>
    internal const int Alignment = 16;

    /// <summary>Floats in the widest vectors that the machine has: 16, 8 or 4.</summary>
    public static int Width =>
        Vector512.IsHardwareAccelerated ? Simd512.Count : Vector256.IsHardwareAccelerated ? Simd256.Count : Simd128.Count;

    /// <summary>The smallest multiple of <see cref="Alignment"/> that is at least <paramref name="count"/>.</summary>
    internal static int RoundUp(int count) => (count + Alignment - 1) / Alignment * Alignment;
}
