using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// Applies activation functions to spans of any length. What is not finite gives NaN, also where a function has a limit, so that a squashed overflow
/// shows in the results: a sum that overflowed may have any value, even another sign.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Elementwise
{
    private static int Lanes => Vector512<float>.Count;

    /// <summary>a = f(z), accurate to float's rounding.</summary>
    /// <param name="function">f.</param>
    /// <param name="z">What it is computed for.</param>
    /// <param name="a">As long as z; may be <paramref name="z"/> itself.</param>
    public static void Value<TFunction>(this TFunction function, ReadOnlySpan<float> z, Span<float> a)
        where TFunction : struct, IActivationFunction<float>
    {
        int i = 0;
        for (; i <= z.Length - Lanes; i += Lanes)
        {
            ValueOf(function, Vector512.Create(z[i..])).CopyTo(a[i..]);
        }

        if (i < z.Length)
        {
            Span<float> rest = stackalloc float[Lanes];
            z[i..].CopyTo(rest);
            ValueOf(function, Vector512.Create<float>(rest)).CopyTo(rest);
            rest[..(z.Length - i)].CopyTo(a[i..]);
        }
    }

    /// <summary>result = f'(z) R: R taken back through f.</summary>
    /// <param name="function">f.</param>
    /// <param name="z">What it is differentiated at.</param>
    /// <param name="R">As long as z.</param>
    /// <param name="result">As long as z; may be <paramref name="R"/> itself.</param>
    public static void DerivativeTimes<TFunction>(this TFunction function, ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result)
        where TFunction : struct, IActivationFunction<float>
    {
        int i = 0;
        for (; i <= z.Length - Lanes; i += Lanes)
        {
            (DerivativeOf(function, Vector512.Create(z[i..])) * Vector512.Create(R[i..])).CopyTo(result[i..]);
        }

        if (i < z.Length)
        {
            Span<float> rest = stackalloc float[Lanes];
            z[i..].CopyTo(rest);
            DerivativeOf(function, Vector512.Create<float>(rest)).CopyTo(rest);
            for (int lane = 0; i < z.Length; lane++, i++)
            {
                result[i] = rest[lane] * R[i];
            }
        }
    }

    private static Vector512<float> ValueOf<TFunction>(TFunction function, Vector512<float> z)
        where TFunction : struct, IActivationFunction<float> => NaNUnlessFinite(z, function.Value(z));

    private static Vector512<float> DerivativeOf<TFunction>(TFunction function, Vector512<float> z)
        where TFunction : struct, IActivationFunction<float> => NaNUnlessFinite(z, function.Derivative(z));

    // z · 0 is NaN where z is not finite, and else changes nothing.
    private static Vector512<float> NaNUnlessFinite(Vector512<float> z, Vector512<float> value) =>
        Vector512.MultiplyAddEstimate(z, Vector512<float>.Zero, value);
}
