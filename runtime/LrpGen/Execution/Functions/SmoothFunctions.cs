using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>z tanh(ln(1 + eᶻ)). With n = eᶻ (eᶻ + 2) the tangent is n / (n + 2).</summary>
internal readonly struct MishFunction : IActivationFunction<double>
{
    /// <summary>Above it the tangent is 1 to double's rounding, and eᶻ squared far from an overflow.</summary>
    private const double Linear = 40;

    public Vector512<double> Value(Vector512<double> z) => z * Tangent(z);

    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> tangent = Tangent(z);
        return tangent + z * Smooth.Sigmoid(z) * (Vector512<double>.One - tangent) * (Vector512<double>.One + tangent);
    }

    private static Vector512<double> Tangent(Vector512<double> z)
    {
        Vector512<double> e = Vector512.Exp(Vector512.Min(z, Vector512.Create(Linear)));
        Vector512<double> n = e * (e + Vector512.Create(2.0));
        return n / (n + Vector512.Create(2.0));
    }
}

/// <summary>λ z where z > 0, else λ α (eᶻ − 1), with the constants of Klambauer et al. 2017.</summary>
internal readonly struct SELUFunction : IActivationFunction<double>
{
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Lambda = 1.0507009873554804934193349852946;

    public Vector512<double> Value(Vector512<double> z) => Lambda * new ELUFunction(Alpha).Value(z);

    public Vector512<double> Derivative(Vector512<double> z) => Lambda * new ELUFunction(Alpha).Derivative(z);
}

/// <summary>z where z > 0, else α (e^(z/α) − 1).</summary>
internal readonly struct CELUFunction(double alpha) : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), z, alpha * Smooth.ExpMinusOne(z / alpha));

    public Vector512<double> Derivative(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), Vector512<double>.One, Vector512.Exp(z / alpha));
}

/// <summary>z / (1 + |z|).</summary>
internal readonly struct SoftsignFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) => z / (Vector512<double>.One + Vector512.Abs(z));

    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> d = Vector512<double>.One + Vector512.Abs(z);
        return Vector512<double>.One / d / d;
    }
}

/// <summary>ln σ(z) = min(z, 0) − ln(1 + e^−|z|).</summary>
internal readonly struct LogSigmoidFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.Min(z, Vector512<double>.Zero) - Smooth.LogOnePlus(Vector512.Exp(-Vector512.Abs(z)));

    public Vector512<double> Derivative(Vector512<double> z) => Smooth.Sigmoid(-z);
}
