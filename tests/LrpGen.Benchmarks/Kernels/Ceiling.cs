using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Benchmarks.Kernels;

/// <summary>What one core can do at most.</summary>
/// <param name="Operations">Multiplications and additions a second, in registers.</param>
/// <param name="CacheBytes">Bytes a second that it reads from its level 2 cache.</param>
/// <param name="MemoryBytes">Bytes a second that it reads from memory.</param>
internal sealed record Ceiling(double Operations, double CacheBytes, double MemoryBytes)
{
    private const int Rounds = 100_000;

    /// <summary>Larger than level 1, smaller than level 2.</summary>
    private const int CacheLength = (256 << 10) / sizeof(float);

    /// <summary>Larger than any cache.</summary>
    private const int MemoryLength = (512 << 20) / sizeof(float);

    /// <summary>Sums, so that no multiply-add waits for the one before it: up to six cycles, two a cycle.</summary>
    private const int Chains = 12;

    /// <summary>Registers read at a time, of which a length is a multiple.</summary>
    private const int Reads = 8;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Measures with the widest vectors that the machine has.</summary>
    public static Ceiling Measure() => Vector512.IsHardwareAccelerated ? Measure<Lane512>()
        : Vector256.IsHardwareAccelerated ? Measure<Lane256>()
        : Measure<Lane128>();

    private static Ceiling Measure<TLane>()
        where TLane : ILane<TLane>
    {
        float[] results = new float[3];
        float[] cache = new float[CacheLength];
        float[] memory = new float[MemoryLength];
        Array.Fill(memory, 1);
        IReadOnlyList<Samples> times = Sampler.Measure(
            [
                () => results[0] = MultiplyAdds<TLane>(),
                () => results[1] = Sum<TLane>(cache),
                () => results[2] = Sum<TLane>(memory),
            ],
            Budget);
        return new(
            2.0 * Chains * Rounds * TLane.Count / Seconds(times[0]),
            (double)CacheLength * sizeof(float) / Seconds(times[1]),
            (double)MemoryLength * sizeof(float) / Seconds(times[2]));
    }

    /// <summary>The least time: what disturbs the machine is no part of its ceiling.</summary>
    private static double Seconds(Samples samples) => samples.Minimum / 1e3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdds<TLane>()
        where TLane : ILane<TLane>
    {
        TLane a = TLane.Create(0.5f);
        TLane b = TLane.Create(1);
        (TLane s0, TLane s1, TLane s2, TLane s3, TLane s4, TLane s5) = (a, a, a, a, a, a);
        (TLane s6, TLane s7, TLane s8, TLane s9, TLane s10, TLane s11) = (a, a, a, a, a, a);
        for (int round = 0; round < Rounds; round++)
        {
            s0 = TLane.MultiplyAdd(a, s0, b);
            s1 = TLane.MultiplyAdd(a, s1, b);
            s2 = TLane.MultiplyAdd(a, s2, b);
            s3 = TLane.MultiplyAdd(a, s3, b);
            s4 = TLane.MultiplyAdd(a, s4, b);
            s5 = TLane.MultiplyAdd(a, s5, b);
            s6 = TLane.MultiplyAdd(a, s6, b);
            s7 = TLane.MultiplyAdd(a, s7, b);
            s8 = TLane.MultiplyAdd(a, s8, b);
            s9 = TLane.MultiplyAdd(a, s9, b);
            s10 = TLane.MultiplyAdd(a, s10, b);
            s11 = TLane.MultiplyAdd(a, s11, b);
        }

        return s0.First + s1.First + s2.First + s3.First + s4.First + s5.First + s6.First + s7.First + s8.First + s9.First + s10.First + s11.First;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum<TLane>(float[] values)
        where TLane : ILane<TLane>
    {
        TLane one = TLane.Create(1);
        TLane s = TLane.Create(0);
        (TLane s0, TLane s1, TLane s2, TLane s3, TLane s4, TLane s5, TLane s6, TLane s7) = (s, s, s, s, s, s, s, s);
        for (int index = 0; index < values.Length; index += Reads * TLane.Count)
        {
            ref float first = ref values[index];
            s0 = TLane.MultiplyAdd(TLane.Load(ref first, 0), one, s0);
            s1 = TLane.MultiplyAdd(TLane.Load(ref first, 1), one, s1);
            s2 = TLane.MultiplyAdd(TLane.Load(ref first, 2), one, s2);
            s3 = TLane.MultiplyAdd(TLane.Load(ref first, 3), one, s3);
            s4 = TLane.MultiplyAdd(TLane.Load(ref first, 4), one, s4);
            s5 = TLane.MultiplyAdd(TLane.Load(ref first, 5), one, s5);
            s6 = TLane.MultiplyAdd(TLane.Load(ref first, 6), one, s6);
            s7 = TLane.MultiplyAdd(TLane.Load(ref first, 7), one, s7);
        }

        return s0.First + s1.First + s2.First + s3.First + s4.First + s5.First + s6.First + s7.First;
    }
}
