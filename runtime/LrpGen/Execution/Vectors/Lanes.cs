using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>Vectors of eight floats of a tensor. Generated code knows every length, so nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>Eight elements.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="index">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ReadOnlySpan<float> tensor, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(tensor), (nuint)index);

    /// <summary>Sets eight elements.</summary>
    /// <param name="values">Their values.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="index">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> values, Span<float> tensor, int index) =>
        values.StoreUnsafe(ref MemoryMarshal.GetReference(tensor), (nuint)index);

    /// <summary>The values where the condition is above 0, or NaN; else 0.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="values">The values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> WherePositive(Vector256<float> condition, Vector256<float> values) =>
        Vector256.AndNot(values, Vector256.LessThanOrEqual(condition, Vector256<float>.Zero));

    /// <summary>The values where the condition is below 0, or NaN; else 0.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="values">The values.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> WhereNegative(Vector256<float> condition, Vector256<float> values) =>
        Vector256.AndNot(values, Vector256.GreaterThanOrEqual(condition, Vector256<float>.Zero));

    /// <summary>The sum of each of eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sums(
        Vector256<float> c0,
        Vector256<float> c1,
        Vector256<float> c2,
        Vector256<float> c3,
        Vector256<float> c4,
        Vector256<float> c5,
        Vector256<float> c6,
        Vector256<float> c7) =>
        Vector256.Create(
            Vector256.Sum(c0),
            Vector256.Sum(c1),
            Vector256.Sum(c2),
            Vector256.Sum(c3),
            Vector256.Sum(c4),
            Vector256.Sum(c5),
            Vector256.Sum(c6),
            Vector256.Sum(c7));
}
