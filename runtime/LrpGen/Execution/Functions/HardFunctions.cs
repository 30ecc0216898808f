using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>min(max(z / 6 + ½, 0), 1).</summary>
internal readonly struct HardsigmoidFunction : IActivationFunction<double>
{
    private static Vector512<double> Three => Vector512.Create(3.0);

    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.Min(Vector512.Max(z + Three, Vector512<double>.Zero), Vector512.Create(6.0)) / 6;

    public Vector512<double> Derivative(Vector512<double> z) => Vector512.LessThan(Vector512.Abs(z), Three) & Vector512.Create(1.0 / 6);
}

/// <summary>z min(max(z / 6 + ½, 0), 1).</summary>
internal readonly struct HardswishFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) => z * default(HardsigmoidFunction).Value(z);

    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> three = Vector512.Create(3.0);
        Vector512<double> inside = Vector512.ConditionalSelect(Vector512.LessThan(z, three), z / 3 + Vector512.Create(0.5), Vector512<double>.One);
        return Vector512.GreaterThan(z, -three) & inside;
    }
}

/// <summary>min(max(z, low), high).</summary>
internal readonly struct HardtanhFunction(float low, float high) : IActivationFunction<float>
{
    public Vector512<float> Value(Vector512<float> z) => Vector512.Min(Vector512.Max(z, Vector512.Create(low)), Vector512.Create(high));

    public Vector512<float> Derivative(Vector512<float> z) =>
        Vector512.GreaterThan(z, Vector512.Create(low)) & Vector512.LessThan(z, Vector512.Create(high)) & Vector512<float>.One;
}
