using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Benchmarks.Kernels;

/// <summary>A vector register, of whatever width.</summary>
internal interface ILane<TSelf>
    where TSelf : ILane<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Create(float value);

    /// <summary>Reads the lane of that index.</summary>
    static abstract TSelf Load(ref float first, int index);

    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf sum);

    /// <summary>Uses the value, so that it is computed.</summary>
    float First { get; }
}

/// <summary>512 bits.</summary>
internal readonly record struct Lane512(Vector512<float> Vector) : ILane<Lane512>
{
    public static int Count => Vector512<float>.Count;

    public float First => Vector.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Load(ref float first, int index) => new(Vector512.LoadUnsafe(ref first, (nuint)(index * Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 MultiplyAdd(Lane512 a, Lane512 b, Lane512 sum) => new(Vector512.FusedMultiplyAdd(a.Vector, b.Vector, sum.Vector));
}

/// <summary>256 bits.</summary>
internal readonly record struct Lane256(Vector256<float> Vector) : ILane<Lane256>
{
    public static int Count => Vector256<float>.Count;

    public float First => Vector.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Load(ref float first, int index) => new(Vector256.LoadUnsafe(ref first, (nuint)(index * Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 MultiplyAdd(Lane256 a, Lane256 b, Lane256 sum) => new(Vector256.FusedMultiplyAdd(a.Vector, b.Vector, sum.Vector));
}

/// <summary>128 bits.</summary>
internal readonly record struct Lane128(Vector128<float> Vector) : ILane<Lane128>
{
    public static int Count => Vector128<float>.Count;

    public float First => Vector.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Load(ref float first, int index) => new(Vector128.LoadUnsafe(ref first, (nuint)(index * Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 MultiplyAdd(Lane128 a, Lane128 b, Lane128 sum) => new(Vector128.FusedMultiplyAdd(a.Vector, b.Vector, sum.Vector));
}
