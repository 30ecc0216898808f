using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LrpGen.Execution;

/// <summary>Zeroed floats that start at a multiple of 64 bytes, a cache line and a 512-bit vector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    private const int Alignment = Simd.Alignment * sizeof(float);

    private readonly float[] array;
    private readonly int offset;
    private readonly int length;

    /// <summary>Allocates the floats.</summary>
    /// <param name="length">Number of floats.</param>
    public AlignedBuffer(int length)
    {
        // Pinned, because the garbage collector may otherwise move an array to an address that is aligned differently.
        array = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        offset = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (Alignment - 1)) / sizeof(float);
        this.length = length;
    }

    /// <summary>The floats.</summary>
    public Span<float> Span => array.AsSpan(offset, length);
}
