using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>What <see cref="Elementwise"/> is for functions in float, for those in double: the calls look the same.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementwiseInDouble
{
    /// <inheritdoc cref="Elementwise.Value"/>
    public static void Value<TFunction>(this TFunction function, ReadOnlySpan<float> z, Span<float> a)
        where TFunction : struct, IActivationFunction<double> => new Rounded<TFunction>(function).Value(z, a);

    /// <inheritdoc cref="Elementwise.DerivativeTimes"/>
    public static void DerivativeTimes<TFunction>(this TFunction function, ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result)
        where TFunction : struct, IActivationFunction<double> => new Rounded<TFunction>(function).DerivativeTimes(z, R, result);

    /// <summary>The function, computed in double and rounded to float.</summary>
    private readonly struct Rounded<TFunction>(TFunction function) : IActivationFunction<float>
        where TFunction : struct, IActivationFunction<double>
    {
        public Vector512<float> Value(Vector512<float> z)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(z);
            return Vector512.Narrow(function.Value(lower), function.Value(upper));
        }

        public Vector512<float> Derivative(Vector512<float> z)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(z);
            return Vector512.Narrow(function.Derivative(lower), function.Derivative(upper));
        }
    }
}
