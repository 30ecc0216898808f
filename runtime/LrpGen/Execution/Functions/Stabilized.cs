using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>Division by a denominator that is kept away from 0: s(z) = z + ε·sign(z) with sign(0) = 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Stabilized
{
    /// <summary>R / s(z); 0 where s(z) is 0, which can only be if ε is.</summary>
    /// <param name="relevance">R.</param>
    /// <param name="z">The denominator.</param>
    /// <param name="epsilon">ε.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Quotient(Vector256<float> relevance, Vector256<float> z, float epsilon)
    {
        Vector256<float> stabilizer = Vector256.Create(epsilon);
        Vector256<float> isNegative = Vector256.LessThan(z, Vector256<float>.Zero);
        Vector256<float> s = Vector256.ConditionalSelect(isNegative, z - stabilizer, z + stabilizer);
        return Vector256.AndNot(relevance / s, Vector256.Equals(s, Vector256<float>.Zero));
    }
}
