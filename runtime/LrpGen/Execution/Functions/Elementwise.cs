using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// Applies activation functions to spans of any length. What is not finite gives NaN, also where a function has a limit, so that a squashed overflow
/// shows in the results: a sum that overflowed may have any value, even another sign.
/// </summary>
internal static class Elementwise
{
    private static int Lanes => Vector512<float>.Count;

    /// <summary>a = f(z).</summary>
    public static void Value<TFunction>(TFunction function, ReadOnlySpan<float> z, Span<float> a)
        where TFunction : struct, IActivationFunction<float>
    {
        int i = 0;
        for (; i <= z.Length - Lanes; i += Lanes)
        {
            Value(function, Vector512.Create(z[i..])).CopyTo(a[i..]);
        }

        if (i < z.Length)
        {
            Span<float> rest = stackalloc float[Lanes];
            z[i..].CopyTo(rest);
            Value(function, Vector512.Create<float>(rest)).CopyTo(rest);
            rest[..(z.Length - i)].CopyTo(a[i..]);
        }
    }

    /// <summary>result = f'(z) R.</summary>
    public static void DerivativeTimes<TFunction>(TFunction function, ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result)
        where TFunction : struct, IActivationFunction<float>
    {
        int i = 0;
        for (; i <= z.Length - Lanes; i += Lanes)
        {
            (Derivative(function, Vector512.Create(z[i..])) * Vector512.Create(R[i..])).CopyTo(result[i..]);
        }

        if (i < z.Length)
        {
            Span<float> rest = stackalloc float[Lanes];
            z[i..].CopyTo(rest);
            Derivative(function, Vector512.Create<float>(rest)).CopyTo(rest);
            for (int lane = 0; i < z.Length; lane++, i++)
            {
                result[i] = rest[lane] * R[i];
            }
        }
    }

    private static Vector512<float> Value<TFunction>(TFunction function, Vector512<float> z)
        where TFunction : struct, IActivationFunction<float> => NaNUnlessFinite(z, function.Value(z));

    private static Vector512<float> Derivative<TFunction>(TFunction function, Vector512<float> z)
        where TFunction : struct, IActivationFunction<float> => NaNUnlessFinite(z, function.Derivative(z));

    // z · 0 is NaN where z is not finite, and else changes nothing.
    private static Vector512<float> NaNUnlessFinite(Vector512<float> z, Vector512<float> value) =>
        Vector512.MultiplyAddEstimate(z, Vector512<float>.Zero, value);
}
