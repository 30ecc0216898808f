using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// Operations on vectors of one width. Generated kernels are written once, for any width; the JIT compiler makes of them what a kernel
/// for the width of the machine's vectors would be.
/// </summary>
/// <remarks>The vector is a type parameter of its own, so that kernels compute with the machine's type rather than a struct around it.</remarks>
/// <typeparam name="TVector">The vector.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector: 16, 8 or 4, so that vectors fill a multiple of 16 floats.</summary>
    static abstract int Count { get; }

    /// <summary>The floats from an address on.</summary>
    static abstract TVector Load(ref readonly float source);

    /// <summary>One float in all lanes.</summary>
    static abstract TVector Broadcast(ref readonly float source);

    /// <summary>A number in all lanes.</summary>
    static abstract TVector Create(float value);

    /// <summary>Writes the floats to an address.</summary>
    static abstract void Store(TVector values, ref float destination);

    /// <summary>left · right + addend, rounded once where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left − right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left · right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>The larger of each pair.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The smaller of each pair.</summary>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>R / s(z), s(z) = z + ε·sign(z) with sign(0) = 1; 0 where s(z) is 0, which can only be if ε is.</summary>
    static abstract TVector Quotient(TVector relevance, TVector z, TVector epsilon);

    /// <summary>The values where the condition is above 0, or NaN; else 0.</summary>
    static abstract TVector WherePositive(TVector condition, TVector values);

    /// <summary>The values where the condition is below 0, or NaN; else 0.</summary>
    static abstract TVector WhereNegative(TVector condition, TVector values);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TVector values);

    /// <summary>The sum of the lanes of each of four vectors.</summary>
    static abstract Vector128<float> Sums(TVector v0, TVector v1, TVector v2, TVector v3);
}
