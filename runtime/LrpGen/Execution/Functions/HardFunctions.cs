using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>max(z, 0), with the derivative 1 where z > 0, else 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReLUFunction : IActivationFunction<float>
{
    /// <inheritdoc/>
    public Vector512<float> Value(Vector512<float> z) => Vector512.Max(z, Vector512<float>.Zero);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> z) => Vector512.GreaterThan(z, Vector512<float>.Zero) & Vector512<float>.One;
}

/// <summary>min(max(z, 0), 6), with the derivative 1 where 0 &lt; z &lt; 6, else 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReLU6Function : IActivationFunction<float>
{
    private static Vector512<float> Six => Vector512.Create(6f);

    /// <inheritdoc/>
    public Vector512<float> Value(Vector512<float> z) => Vector512.Min(Vector512.Max(z, Vector512<float>.Zero), Six);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> z) =>
        Vector512.GreaterThan(z, Vector512<float>.Zero) & Vector512.LessThan(z, Six) & Vector512<float>.One;
}

/// <summary>z where z > 0, else slope · z, with the derivative 1 or the slope.</summary>
/// <param name="slope">Where z ≤ 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LeakyReLUFunction(double slope) : IActivationFunction<float>
{
    private readonly float slope = (float)slope;

    /// <inheritdoc/>
    public Vector512<float> Value(Vector512<float> z) => z * Derivative(z);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(slope));
}

/// <summary>min(max(z / 6 + ½, 0), 1), with the derivative 1/6 where −3 &lt; z &lt; 3, else 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardsigmoidFunction : IActivationFunction<double>
{
    private static Vector512<double> Three => Vector512.Create(3.0);

    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.Min(Vector512.Max(z + Three, Vector512<double>.Zero), Vector512.Create(6.0)) / 6;

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) => Vector512.LessThan(Vector512.Abs(z), Three) & Vector512.Create(1.0 / 6);
}

/// <summary>z min(max(z / 6 + ½, 0), 1), with the derivative z / 3 + ½ where −3 &lt; z &lt; 3, 0 below, 1 above.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardswishFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => z * default(HardsigmoidFunction).Value(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> three = Vector512.Create(3.0);
        Vector512<double> inside = Vector512.ConditionalSelect(Vector512.LessThan(z, three), z / 3 + Vector512.Create(0.5), Vector512<double>.One);
        return Vector512.GreaterThan(z, -three) & inside;
    }
}

/// <summary>min(max(z, low), high), with the derivative 1 where low &lt; z &lt; high, else 0.</summary>
/// <param name="low">The least value.</param>
/// <param name="high">The largest value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardtanhFunction(double low, double high) : IActivationFunction<float>
{
    private readonly float low = (float)low;
    private readonly float high = (float)high;

    /// <inheritdoc/>
    public Vector512<float> Value(Vector512<float> z) => Vector512.Min(Vector512.Max(z, Vector512.Create(low)), Vector512.Create(high));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> z) =>
        Vector512.GreaterThan(z, Vector512.Create(low)) & Vector512.LessThan(z, Vector512.Create(high)) & Vector512<float>.One;
}
