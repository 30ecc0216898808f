using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// Functions that the smooth activations are made of, accurate to float's rounding for every finite float. Inlined, or vectors go through memory.
/// </summary>
internal static class Smooth
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => Vector512<double>.One / (Vector512<double>.One + Exp(-x));

    /// <summary>eˣ, three times as fast as where all digits of double are wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        (Vector512<double> power, Vector512<double> factor) = Exponential(x);
        return Vector512.FusedMultiplyAdd(power, factor, power);
    }

    /// <summary>eˣ − 1, near 0 as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpMinusOne(Vector512<double> x)
    {
        (Vector512<double> power, Vector512<double> factor) = Exponential(x);
        return Vector512.FusedMultiplyAdd(power, factor, power - Vector512<double>.One);
    }

    /// <summary>2ⁿ and eʳ − 1, where x = n ln 2 + r; of x up to where 2ⁿ is a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Power, Vector512<double> Factor) Exponential(Vector512<double> x)
    {
        const double largest = 708;

        // Rounds to an integer, which is then in the last bits.
        Vector512<double> shift = Vector512.Create(1.5 * (1L << 52));
        Vector512<double> clamped = Vector512.Min(Vector512.Max(x, Vector512.Create(-largest)), Vector512.Create(largest));
        Vector512<double> shifted = Vector512.FusedMultiplyAdd(clamped, Vector512.Create(1 / Math.Log(2)), shift);
        Vector512<double> r = Vector512.FusedMultiplyAdd(shifted - shift, Vector512.Create(-Math.Log(2)), clamped);

        // (eʳ − 1) / r at Chebyshev's nodes for |r| ≤ ½ ln 2; the relative error is below 3e-10.
        Vector512<double> q = Vector512.Create(0.00019899285697543497);
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.0013941118897427642));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.008333298469591233));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.041666352771087704));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.16666666719029696));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512.Create(0.5000000047146067));
        q = Vector512.FusedMultiplyAdd(q, r, Vector512<double>.One);
        Vector512<long> exponent = Vector512.ShiftLeft(shifted.AsInt64(), 52);
        return ((exponent + Vector512<double>.One.AsInt64()).AsDouble(), r * q);
    }

    /// <summary>ln(1 + x), x ≥ 0. Near 0, where the sum loses x, x − x²/2.</summary>
    public static Vector512<double> LogOnePlus(Vector512<double> x) => Vector512.ConditionalSelect(
        Vector512.LessThan(x, Vector512.Create(1e-4)),
        x - 0.5 * x * x,
        Vector512.Log(Vector512<double>.One + x));

    /// <summary>
    /// Φ(x), the cumulative normal distribution. Φ(−y) = e^(−y²/2) t q(t) with t = 1 / (1 + 0.28 y) for y ≥ 0, q a polynomial fitted at
    /// Chebyshev's nodes; its relative error is below 1e-8.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> NormalDistribution(Vector512<double> x)
    {
        Vector512<double> t = Vector512<double>.One / (Vector512<double>.One + 0.28 * Vector512.Abs(x));
        Vector512<double> q = Vector512.Create(-0.014467906524);
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.07194003555));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-0.12667950446));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.081971932774));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(-0.029930223837));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.045998293075));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.059187924024));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.085635711691));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.102935858161));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.111704040168));
        q = Vector512.FusedMultiplyAdd(q, t, Vector512.Create(0.111703837886));

        Vector512<double> tail = Exp(-0.5 * x * x) * t * q;
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), Vector512<double>.One - tail, tail);
    }
}
