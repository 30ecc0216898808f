using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LrpGen.Execution;

/// <summary>
/// 3×3 convolutions by F(4×4, 3×3) of Winograd (1980), as Lavin and Gray (2016) have it: a tile of 4×4 outputs is Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A,
/// with 36 multiplications where the definition has 144.
/// </summary>
/// <remarks>
/// The matrices are those of Toom and Cook for the points 0, ±5/8, ±3/2 and ∞. All their numbers but those of G, which are taken in float64,
/// are exact in float32, and rounding is half of what it is for the usual 0, ±1, ±2: about twice that of a direct sum.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Winograd
{
    /// <summary>Rows and columns of outputs in a tile.</summary>
    public const int Outputs = 4;

    /// <summary>Rows and columns of inputs that a tile reads.</summary>
    private const int Inputs = 6;

    /// <summary>Products of an input with a weight for each tile.</summary>
    private const int Positions = Inputs * Inputs;

    private const int Taps = 3;

    // The points, their squares and cubes, and what follows from them for Bᵀ.
    private const float P = 0.625f;
    private const float Q = 1.5f;
    private const float P2 = P * P;
    private const float Q2 = Q * Q;
    private const float P3 = P2 * P;
    private const float Q3 = Q2 * Q;

    /// <summary>U = Bᵀ d B for tiles of an image and all its channels. What a tile reads outside of the image is 0.</summary>
    /// <param name="part">The tiles to transform.</param>
    /// <param name="image">d, height · width · pitch values, channels last.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="pitch">Lanes of a pixel, a multiple of 16.</param>
    /// <param name="top">Rows of zeros above the image.</param>
    /// <param name="left">Columns of zeros before the image.</param>
    /// <param name="across">Tiles in a row of tiles.</param>
    /// <param name="start">The first tile.</param>
    /// <param name="count">Number of tiles.</param>
    /// <param name="capacity">Tiles for which there is room in <paramref name="u"/>.</param>
    /// <param name="u">Receives U, [position][tile][channel].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformInput<TSimd, TVector>(
        Part part,
        ReadOnlySpan<float> image,
        int height,
        int width,
        int pitch,
        int top,
        int left,
        int across,
        int start,
        int count,
        int capacity,
        Span<float> u)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        ref float origin = ref MemoryMarshal.GetReference(image);
        ref float patch = ref MemoryMarshal.GetReference(stackalloc float[Positions * TSimd.Count]);
        ref float columns = ref MemoryMarshal.GetReference(stackalloc float[Positions * TSimd.Count]);
        (int first, int end) = part.Of(count);
        for (int tile = first; tile < end; tile++)
        {
            int y = (start + tile) / across * Outputs - top;
            int x = (start + tile) % across * Outputs - left;
            bool inside = y >= 0 && x >= 0 && y + Inputs <= height && x + Inputs <= width;
            ref float to = ref u[tile * pitch];
            for (int channel = 0; channel < pitch; channel += TSimd.Count)
            {
                if (inside)
                {
                    TransformInput<TSimd, TVector>(
                        ref Unsafe.Add(ref origin, (y * width + x) * pitch + channel),
                        width * pitch,
                        pitch,
                        ref columns,
                        ref Unsafe.Add(ref to, channel),
                        capacity * pitch);
                    continue;
                }

                for (int row = 0; row < Inputs; row++)
                {
                    for (int column = 0; column < Inputs; column++)
                    {
                        bool isZero = (uint)(y + row) >= (uint)height || (uint)(x + column) >= (uint)width;
                        TSimd.Store(
                            isZero ? default : TSimd.Load(ref Unsafe.Add(ref origin, ((y + row) * width + x + column) * pitch + channel)),
                            ref Unsafe.Add(ref patch, (row * Inputs + column) * TSimd.Count));
                    }
                }

                TransformInput<TSimd, TVector>(
                    ref patch, Inputs * TSimd.Count, TSimd.Count, ref columns, ref Unsafe.Add(ref to, channel), capacity * pitch);
            }
        }
    }

    /// <summary>Aᵀ m A for one tile and a vector of channels.</summary>
    /// <param name="products">m at the first of the 36 positions.</param>
    /// <param name="distance">Floats from a position to the next.</param>
    /// <param name="columns">Memory for 4×6 vectors.</param>
    /// <param name="sums">Receives 4×4 vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransformOutput<TSimd, TVector>(ref float products, int distance, ref float columns, ref float sums)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        for (int column = 0; column < Inputs; column++)
        {
            OutputLine<TSimd, TVector>(
                ref Unsafe.Add(ref products, column * distance),
                Inputs * distance,
                ref Unsafe.Add(ref columns, column * TSimd.Count),
                Inputs * TSimd.Count);
        }

        for (int row = 0; row < Outputs; row++)
        {
            OutputLine<TSimd, TVector>(
                ref Unsafe.Add(ref columns, row * Inputs * TSimd.Count),
                TSimd.Count,
                ref Unsafe.Add(ref sums, row * Outputs * TSimd.Count),
                TSimd.Count);
        }
    }

    /// <summary>G g Gᵀ for kernels side by side.</summary>
    /// <param name="kernels">g, [tap][kernel].</param>
    /// <param name="count">Number of kernels.</param>
    /// <param name="transformed">Receives [position][kernel].</param>
    internal static void TransformKernels(ReadOnlySpan<double> kernels, int count, Span<double> transformed)
    {
        Span<double> columns = new double[Inputs * Taps * count];
        for (int column = 0; column < Taps; column++)
        {
            KernelLine(kernels[(column * count)..], Taps * count, count, columns[(column * count)..], Taps * count);
        }

        for (int row = 0; row < Inputs; row++)
        {
            KernelLine(columns[(row * Taps * count)..], count, count, transformed[(row * Inputs * count)..], count);
        }
    }

    private static void KernelLine(ReadOnlySpan<double> from, int distance, int count, Span<double> to, int step)
    {
        ReadOnlySpan<double> g0 = from[..count];
        ReadOnlySpan<double> g1 = from.Slice(distance, count);
        ReadOnlySpan<double> g2 = from.Slice(2 * distance, count);
        for (int position = 0; position < Inputs; position++)
        {
            Span<double> result = to.Slice(position * step, count);
            if (position == Inputs - 1)
            {
                g2.CopyTo(result);
                break;
            }

            // g is a polynomial; its value at the point, divided by the product of the point's distances from the other points.
            double point = position switch { 0 => 0, 1 => P, 2 => -P, 3 => Q, _ => -Q };
            double others = position switch { 0 => (double)P2 * Q2, 1 or 2 => 2.0 * P2 * (P2 - Q2), _ => 2.0 * Q2 * (Q2 - P2) };
            TensorPrimitives.Multiply(g2, point, result);
            TensorPrimitives.Add(result, g1, result);
            TensorPrimitives.MultiplyAdd(result, point, g0, result);
            TensorPrimitives.Divide(result, others, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformInput<TSimd, TVector>(
        ref float from, int rowDistance, int columnDistance, ref float columns, ref float to, int distance)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        for (int column = 0; column < Inputs; column++)
        {
            InputLine<TSimd, TVector>(
                ref Unsafe.Add(ref from, column * columnDistance),
                rowDistance,
                ref Unsafe.Add(ref columns, column * TSimd.Count),
                Inputs * TSimd.Count);
        }

        for (int row = 0; row < Inputs; row++)
        {
            InputLine<TSimd, TVector>(
                ref Unsafe.Add(ref columns, row * Inputs * TSimd.Count), TSimd.Count, ref Unsafe.Add(ref to, row * Inputs * distance), distance);
        }
    }

    // Bᵀ times six vectors. Its row of a point has the coefficients of Π (x − p) over the other points, so those of p and −p share their
    // even and odd halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine<TSimd, TVector>(ref float from, int distance, ref float to, int step)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector d0 = TSimd.Load(ref from);
        TVector d1 = TSimd.Load(ref Unsafe.Add(ref from, distance));
        TVector d2 = TSimd.Load(ref Unsafe.Add(ref from, 2 * distance));
        TVector d3 = TSimd.Load(ref Unsafe.Add(ref from, 3 * distance));
        TVector d4 = TSimd.Load(ref Unsafe.Add(ref from, 4 * distance));
        TVector d5 = TSimd.Load(ref Unsafe.Add(ref from, 5 * distance));
        TVector evenP = TSimd.MultiplyAdd(TSimd.Create(-Q2), d2, d4);
        TVector oddP = TSimd.MultiplyAdd(TSimd.Create(-Q2), d1, d3);
        TVector evenQ = TSimd.MultiplyAdd(TSimd.Create(-P2), d2, d4);
        TVector oddQ = TSimd.MultiplyAdd(TSimd.Create(-P2), d1, d3);
        TVector zero = TSimd.MultiplyAdd(TSimd.Create(P2 * Q2), d0, d4);
        TVector infinity = TSimd.MultiplyAdd(TSimd.Create(P2 * Q2), d1, d5);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-P2 - Q2), d2, zero), ref to);
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(P), oddP, evenP), ref Unsafe.Add(ref to, step));
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-P), oddP, evenP), ref Unsafe.Add(ref to, 2 * step));
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(Q), oddQ, evenQ), ref Unsafe.Add(ref to, 3 * step));
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-Q), oddQ, evenQ), ref Unsafe.Add(ref to, 4 * step));
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Create(-P2 - Q2), d3, infinity), ref Unsafe.Add(ref to, 5 * step));
    }

    // Aᵀ times six vectors: row i has the points' powers of i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine<TSimd, TVector>(ref float from, int distance, ref float to, int step)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector m1 = TSimd.Load(ref Unsafe.Add(ref from, distance));
        TVector m2 = TSimd.Load(ref Unsafe.Add(ref from, 2 * distance));
        TVector m3 = TSimd.Load(ref Unsafe.Add(ref from, 3 * distance));
        TVector m4 = TSimd.Load(ref Unsafe.Add(ref from, 4 * distance));
        TVector sumP = TSimd.Add(m1, m2);
        TVector differenceP = TSimd.Subtract(m1, m2);
        TVector sumQ = TSimd.Add(m3, m4);
        TVector differenceQ = TSimd.Subtract(m3, m4);
        TVector infinity = TSimd.Load(ref Unsafe.Add(ref from, 5 * distance));
        TSimd.Store(TSimd.Add(TSimd.Add(TSimd.Load(ref from), sumP), sumQ), ref to);
        TSimd.Store(Combine(P, differenceP, TSimd.Multiply(TSimd.Create(Q), differenceQ)), ref Unsafe.Add(ref to, step));
        TSimd.Store(Combine(P2, sumP, TSimd.Multiply(TSimd.Create(Q2), sumQ)), ref Unsafe.Add(ref to, 2 * step));
        TSimd.Store(Combine(P3, differenceP, TSimd.MultiplyAdd(TSimd.Create(Q3), differenceQ, infinity)), ref Unsafe.Add(ref to, 3 * step));

        static TVector Combine(float factor, TVector values, TVector others) => TSimd.MultiplyAdd(TSimd.Create(factor), values, others);
    }
}
