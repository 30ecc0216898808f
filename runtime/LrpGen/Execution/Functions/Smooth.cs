using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>Functions that the smooth activations are made of, accurate to float's rounding for every finite float.</summary>
internal static class Smooth
{
    /// <summary>Coefficients of q, the constant first.</summary>
    private static readonly double[] TailCoefficients =
    [
        0.111703837886, 0.111704040168, 0.102935858161, 0.085635711691, 0.059187924024, 0.045998293075,
        -0.029930223837, 0.081971932774, -0.12667950446, 0.07194003555, -0.014467906524,
    ];

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Vector512<double> Sigmoid(Vector512<double> x) => Vector512<double>.One / (Vector512<double>.One + Vector512.Exp(-x));

    /// <summary>eˣ − 1. Near 0, where the difference cancels, x + x²/2.</summary>
    public static Vector512<double> ExpMinusOne(Vector512<double> x) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512.Abs(x), Vector512.Create(1e-4)),
        x + 0.5 * x * x,
        Vector512.Exp(x) - Vector512<double>.One);

    /// <summary>ln(1 + x), x ≥ 0. Near 0, where the sum loses x, x − x²/2.</summary>
    public static Vector512<double> LogOnePlus(Vector512<double> x) => Vector512.ConditionalSelect(
        Vector512.LessThan(x, Vector512.Create(1e-4)),
        x - 0.5 * x * x,
        Vector512.Log(Vector512<double>.One + x));

    /// <summary>
    /// Φ(x), the cumulative normal distribution. Φ(−y) = e^(−y²/2) t q(t) with t = 1 / (1 + 0.28 y) for y ≥ 0, q a polynomial fitted at
    /// Chebyshev's nodes; its relative error is below 1e-8.
    /// </summary>
    public static Vector512<double> NormalDistribution(Vector512<double> x)
    {
        Vector512<double> t = Vector512<double>.One / (Vector512<double>.One + 0.28 * Vector512.Abs(x));
        Vector512<double> q = Vector512.Create(TailCoefficients[^1]);
        for (int i = TailCoefficients.Length - 2; i >= 0; i--)
        {
            q = q * t + Vector512.Create(TailCoefficients[i]);
        }

        Vector512<double> tail = Vector512.Exp(-0.5 * x * x) * t * q;
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), Vector512<double>.One - tail, tail);
    }
}
