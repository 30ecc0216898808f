using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>z where z > 0, else α (eᶻ − 1), with the derivative 1 or α eᶻ.</summary>
/// <param name="alpha">α.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ELUFunction(double alpha) : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), z, alpha * Smooth.ExpMinusOne(z));

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), Vector512<double>.One, alpha * Smooth.Exp(z));
}

/// <summary>λ z where z > 0, else λ α (eᶻ − 1), with the constants of Klambauer et al. 2017 and the derivative λ or λ α eᶻ.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SELUFunction : IActivationFunction<double>
{
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Lambda = 1.0507009873554804934193349852946;

    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => Lambda * new ELUFunction(Alpha).Value(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) => Lambda * new ELUFunction(Alpha).Derivative(z);
}

/// <summary>z where z > 0, else α (e^(z/α) − 1), with the derivative 1 or e^(z/α).</summary>
/// <param name="alpha">α.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CELUFunction(double alpha) : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), z, alpha * Smooth.ExpMinusOne(z / alpha));

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), Vector512<double>.One, Smooth.Exp(z / alpha));
}

/// <summary>z Φ(z), Φ the cumulative normal distribution, with the derivative Φ(z) + z Φ'(z).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELUFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => z * Smooth.NormalDistribution(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) =>
        Smooth.NormalDistribution(z) + z * Smooth.Exp(-0.5 * z * z) * (1 / Math.Sqrt(2 * Math.PI));
}

/// <summary>½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³), which is z σ(2u).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELUTanhFunction : IActivationFunction<double>
{
    private const double Cubic = 0.044715;

    private static readonly double TwiceScale = 2 * Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => z * Gate(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> gate = Gate(z);
        return gate + z * gate * (Vector512<double>.One - gate) * TwiceScale * (Vector512<double>.One + 3 * Cubic * z * z);
    }

    private static Vector512<double> Gate(Vector512<double> z) => Smooth.Sigmoid(TwiceScale * (z + Cubic * z * z * z));
}

/// <summary>z σ(z), with the derivative σ(z) (1 + z σ(−z)).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SiLUFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => z * Smooth.Sigmoid(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> sigmoid = Smooth.Sigmoid(z);
        return sigmoid * (Vector512<double>.One + z * Smooth.Sigmoid(-z));
    }
}

/// <summary>σ(z) = 1 / (1 + e⁻ᶻ), with the derivative σ(z) σ(−z).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SigmoidFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => Smooth.Sigmoid(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) => Smooth.Sigmoid(z) * Smooth.Sigmoid(-z);
}

/// <summary>tanh z = (1 − e⁻²ᶻ) / (1 + e⁻²ᶻ), with the derivative 1 − tanh² z = 4 σ(2z) σ(−2z).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TanhFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z)
    {
        Vector512<double> e = Smooth.ExpMinusOne(-2 * Vector512.Abs(z));
        return Vector512.CopySign(e / (e + Vector512.Create(2.0)), z);
    }

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) => 4 * Smooth.Sigmoid(2 * z) * Smooth.Sigmoid(-2 * z);
}

/// <summary>ln(1 + e^(βz)) / β, and z where βz exceeds the threshold, with the derivative σ(βz) or 1.</summary>
/// <param name="beta">β.</param>
/// <param name="threshold">Of βz.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SoftplusFunction(double beta, double threshold) : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z)
    {
        // ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which cannot overflow.
        Vector512<double> x = beta * z;
        Vector512<double> y = Vector512.Max(x, Vector512<double>.Zero) + Smooth.LogOnePlus(Smooth.Exp(-Vector512.Abs(x)));
        return Vector512.ConditionalSelect(IsLinear(x), z, y / beta);
    }

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> x = beta * z;
        return Vector512.ConditionalSelect(IsLinear(x), Vector512<double>.One, Smooth.Sigmoid(x));
    }

    private Vector512<double> IsLinear(Vector512<double> x) => Vector512.GreaterThan(x, Vector512.Create(threshold));
}

/// <summary>z t, t = tanh(ln(1 + eᶻ)), which is n / (n + 2) with n = eᶻ (eᶻ + 2). The derivative is t + z σ(z) (1 − t²).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MishFunction : IActivationFunction<double>
{
    /// <summary>Above it the tangent is 1 to double's rounding, and eᶻ squared far from an overflow.</summary>
    private const double Linear = 40;

    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => z * Tangent(z);

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> tangent = Tangent(z);
        return tangent + z * Smooth.Sigmoid(z) * (Vector512<double>.One - tangent) * (Vector512<double>.One + tangent);
    }

    private static Vector512<double> Tangent(Vector512<double> z)
    {
        Vector512<double> e = Smooth.Exp(Vector512.Min(z, Vector512.Create(Linear)));
        Vector512<double> n = e * (e + Vector512.Create(2.0));
        return n / (n + Vector512.Create(2.0));
    }
}

/// <summary>z / (1 + |z|), with the derivative 1 / (1 + |z|)².</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SoftsignFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) => z / (Vector512<double>.One + Vector512.Abs(z));

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> d = Vector512<double>.One + Vector512.Abs(z);
        return Vector512<double>.One / d / d;
    }
}

/// <summary>ln σ(z) = min(z, 0) − ln(1 + e^−|z|), with the derivative σ(−z).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LogSigmoidFunction : IActivationFunction<double>
{
    /// <inheritdoc/>
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.Min(z, Vector512<double>.Zero) - Smooth.LogOnePlus(Smooth.Exp(-Vector512.Abs(z)));

    /// <inheritdoc/>
    public Vector512<double> Derivative(Vector512<double> z) => Smooth.Sigmoid(-z);
}
