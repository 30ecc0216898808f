using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LrpGen.Execution;

/// <summary>What the processor is told of memory that is needed soon.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Cache
{
    /// <summary>
    /// Fetches a tile of an image while its sums are computed. Its pixels are too far apart for the processor to foresee them, and when the
    /// sums are there, nothing is left to do meanwhile.
    /// </summary>
    /// <param name="origin">The first channel of the first pixel.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="distance">Floats from one pixel to the next.</param>
    /// <param name="channels">Channels of each pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref readonly float origin, int pixels, int distance, int channels)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int channel = 0; channel < channels; channel += Simd.Alignment)
            {
                // A hint: if the memory moves meanwhile, the wrong lines are fetched and nothing else happens.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref Unsafe.AsRef(in origin), pixel * distance + channel)));
            }
        }
    }
}
