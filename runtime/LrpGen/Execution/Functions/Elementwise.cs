using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>Applies activation functions to spans of any length.</summary>
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
            function.Value(Vector512.Create(z[i..])).CopyTo(a[i..]);
        }

        if (i < z.Length)
        {
            Span<float> rest = stackalloc float[Lanes];
            z[i..].CopyTo(rest);
            function.Value(Vector512.Create<float>(rest)).CopyTo(rest);
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
            (function.Derivative(Vector512.Create(z[i..])) * Vector512.Create(R[i..])).CopyTo(result[i..]);
        }

        if (i < z.Length)
        {
            Span<float> rest = stackalloc float[Lanes];
            z[i..].CopyTo(rest);
            function.Derivative(Vector512.Create<float>(rest)).CopyTo(rest);
            for (int lane = 0; i < z.Length; lane++, i++)
            {
                result[i] = rest[lane] * R[i];
            }
        }
    }
}
