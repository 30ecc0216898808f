using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>What is known of the machine's vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Simd
{
    /// <summary>Floats in the widest vectors that the machine has: 16, 8 or 4.</summary>
    public static int Width =>
        Vector512.IsHardwareAccelerated ? Simd512.Count : Vector256.IsHardwareAccelerated ? Simd256.Count : Simd128.Count;
}
