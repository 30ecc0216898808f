using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// What normalisations do with the lanes of a row that fill whole vectors of floats, all of one region; each method returns how many these are.
/// </summary>
internal static class WholeVectors
{
    private static int Width => Vector512<float>.Count;

    /// <summary>y = w (a − μ) scale + b.</summary>
    public static int Normalize(
        ReadOnlySpan<float> a, Vector512<double> μ, Vector512<double> scale, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y)
    {
        int lane = 0;
        for (; lane <= a.Length - Width; lane += Width)
        {
            (Vector512<double> lower, Vector512<double> upper) = Load(a, lane);
            (lower, upper) = ((lower - μ) * scale, (upper - μ) * scale);
            if (!w.IsEmpty)
            {
                (Vector512<double> wLower, Vector512<double> wUpper) = Load(w, lane);
                (lower, upper) = (lower * wLower, upper * wUpper);
            }

            if (!b.IsEmpty)
            {
                (Vector512<double> bLower, Vector512<double> bUpper) = Load(b, lane);
                (lower, upper) = (lower + bLower, upper + bUpper);
            }

            Store(lower, upper, y, lane);
        }

        return lane;
    }

    /// <summary>result = scale w R + factor a + summand.</summary>
    public static int Combine(
        ReadOnlySpan<float> R,
        ReadOnlySpan<float> w,
        Vector512<double> scale,
        ReadOnlySpan<float> a,
        Vector512<double> factor,
        Vector512<double> summand,
        Span<float> result)
    {
        int lane = 0;
        for (; lane <= a.Length - Width; lane += Width)
        {
            (Vector512<double> lower, Vector512<double> upper) = Weighted(R, w, lane);
            (Vector512<double> aLower, Vector512<double> aUpper) = Load(a, lane);
            Store((scale * lower) + (factor * aLower) + summand, (scale * upper) + (factor * aUpper) + summand, result, lane);
        }

        return lane;
    }

    /// <summary>Adds w x and w x a, each to sums that lie side by side.</summary>
    public static int Sum(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> a, ref Vector512<double> values, ref Vector512<double> products)
    {
        (Vector512<double> sumLower, Vector512<double> sumUpper) = (values, Vector512<double>.Zero);
        (Vector512<double> productLower, Vector512<double> productUpper) = (products, Vector512<double>.Zero);
        int lane = 0;
        for (; lane <= a.Length - Width; lane += Width)
        {
            (Vector512<double> lower, Vector512<double> upper) = Weighted(x, w, lane);
            (Vector512<double> aLower, Vector512<double> aUpper) = Load(a, lane);
            (sumLower, sumUpper) = (sumLower + lower, sumUpper + upper);
            (productLower, productUpper) = (productLower + (lower * aLower), productUpper + (upper * aUpper));
        }

        (values, products) = (sumLower + sumUpper, productLower + productUpper);
        return lane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Lower, Vector512<double> Upper) Weighted(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int lane)
    {
        (Vector512<double> lower, Vector512<double> upper) = Load(x, lane);
        if (w.IsEmpty)
        {
            return (lower, upper);
        }

        (Vector512<double> wLower, Vector512<double> wUpper) = Load(w, lane);
        return (lower * wLower, upper * wUpper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Lower, Vector512<double> Upper) Load(ReadOnlySpan<float> row, int lane) =>
        Vector512.Widen(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> lower, Vector512<double> upper, Span<float> row, int lane) =>
        Vector512.Narrow(lower, upper).StoreUnsafe(ref MemoryMarshal.GetReference(row), (nuint)lane);
}
