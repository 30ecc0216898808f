using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>A function of one variable and its derivative, a vector at a time.</summary>
/// <typeparam name="T">
/// float for the piecewise linear ones. double for the others: then every formula is accurate to float's rounding, whereas e.g.
/// 1 − 2 / (e²ᶻ + 1) in float loses half of the digits of tanh z where z is small.
/// </typeparam>
internal interface IActivationFunction<T>
{
    Vector512<T> Value(Vector512<T> z);

    /// <summary>At a kink, what PyTorch takes.</summary>
    Vector512<T> Derivative(Vector512<T> z);
}

/// <summary>Computes a function in double for float.</summary>
internal readonly struct InDouble<TFunction>(TFunction function) : IActivationFunction<float>
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

/// <summary>max(z, 0).</summary>
internal readonly struct ReLUFunction : IActivationFunction<float>
{
    public Vector512<float> Value(Vector512<float> z) => Vector512.Max(z, Vector512<float>.Zero);

    public Vector512<float> Derivative(Vector512<float> z) => Vector512.GreaterThan(z, Vector512<float>.Zero) & Vector512<float>.One;
}

/// <summary>min(max(z, 0), 6).</summary>
internal readonly struct ReLU6Function : IActivationFunction<float>
{
    private static Vector512<float> Six => Vector512.Create(6f);

    public Vector512<float> Value(Vector512<float> z) => Vector512.Min(Vector512.Max(z, Vector512<float>.Zero), Six);

    public Vector512<float> Derivative(Vector512<float> z) =>
        Vector512.GreaterThan(z, Vector512<float>.Zero) & Vector512.LessThan(z, Six) & Vector512<float>.One;
}

/// <summary>z where z > 0, else slope · z.</summary>
internal readonly struct LeakyReLUFunction(float slope) : IActivationFunction<float>
{
    public Vector512<float> Value(Vector512<float> z) => z * Derivative(z);

    public Vector512<float> Derivative(Vector512<float> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(slope));
}

/// <summary>z where z > 0, else α (eᶻ − 1).</summary>
internal readonly struct ELUFunction(double alpha) : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), z, alpha * Smooth.ExpMinusOne(z));

    public Vector512<double> Derivative(Vector512<double> z) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<double>.Zero), Vector512<double>.One, alpha * Vector512.Exp(z));
}

/// <summary>z Φ(z), Φ the cumulative normal distribution.</summary>
internal readonly struct GELUFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) => z * Smooth.NormalDistribution(z);

    public Vector512<double> Derivative(Vector512<double> z) =>
        Smooth.NormalDistribution(z) + z * Vector512.Exp(-0.5 * z * z) * (1 / Math.Sqrt(2 * Math.PI));
}

/// <summary>½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³), which is z σ(2u).</summary>
internal readonly struct GELUTanhFunction : IActivationFunction<double>
{
    private const double Cubic = 0.044715;

    private static readonly double TwiceScale = 2 * Math.Sqrt(2 / Math.PI);

    public Vector512<double> Value(Vector512<double> z) => z * Gate(z);

    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> gate = Gate(z);
        return gate + z * gate * (Vector512<double>.One - gate) * TwiceScale * (Vector512<double>.One + 3 * Cubic * z * z);
    }

    private static Vector512<double> Gate(Vector512<double> z) => Smooth.Sigmoid(TwiceScale * (z + Cubic * z * z * z));
}

/// <summary>z σ(z).</summary>
internal readonly struct SiLUFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) => z * Smooth.Sigmoid(z);

    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> sigmoid = Smooth.Sigmoid(z);
        return sigmoid * (Vector512<double>.One + z * Smooth.Sigmoid(-z));
    }
}

/// <summary>σ(z) = 1 / (1 + e⁻ᶻ).</summary>
internal readonly struct SigmoidFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z) => Smooth.Sigmoid(z);

    public Vector512<double> Derivative(Vector512<double> z) => Smooth.Sigmoid(z) * Smooth.Sigmoid(-z);
}

/// <summary>tanh z = (1 − e⁻²ᶻ) / (1 + e⁻²ᶻ).</summary>
internal readonly struct TanhFunction : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z)
    {
        Vector512<double> e = Smooth.ExpMinusOne(-2 * Vector512.Abs(z));
        return Vector512.CopySign(e / (e + Vector512.Create(2.0)), z);
    }

    public Vector512<double> Derivative(Vector512<double> z) => 4 * Smooth.Sigmoid(2 * z) * Smooth.Sigmoid(-2 * z);
}

/// <summary>ln(1 + e^(βz)) / β, and z where βz exceeds the threshold.</summary>
internal readonly struct SoftplusFunction(double beta, double threshold) : IActivationFunction<double>
{
    public Vector512<double> Value(Vector512<double> z)
    {
        // ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which cannot overflow.
        Vector512<double> x = beta * z;
        Vector512<double> y = Vector512.Max(x, Vector512<double>.Zero) + Smooth.LogOnePlus(Vector512.Exp(-Vector512.Abs(x)));
        return Vector512.ConditionalSelect(IsLinear(x), z, y / beta);
    }

    public Vector512<double> Derivative(Vector512<double> z)
    {
        Vector512<double> x = beta * z;
        return Vector512.ConditionalSelect(IsLinear(x), Vector512<double>.One, Smooth.Sigmoid(x));
    }

    private Vector512<double> IsLinear(Vector512<double> x) => Vector512.GreaterThan(x, Vector512.Create(threshold));
}
