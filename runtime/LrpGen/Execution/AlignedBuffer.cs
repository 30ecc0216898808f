using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LrpGen.Execution;

/// <summary>Zeroed floats that start at a multiple of 64 bytes, a cache line and a 512-bit vector.</summary>
/// <param name="length">Number of floats.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer(int length)
{
    private const int Alignment = 64;

    // Pinned, because the garbage collector may otherwise move an array to an address that is aligned differently.
    private readonly float[] array = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);

    /// <summary>The floats.</summary>
    public Span<float> Span => array.AsSpan(Offset, length);

    private int Offset => (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (Alignment - 1)) / sizeof(float);
}
