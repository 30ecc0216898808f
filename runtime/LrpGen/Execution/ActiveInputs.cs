using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LrpGen.Execution;

/// <summary>
/// Lists of a layer's active inputs, a_i ≠ 0: the products of a linear layer need the weights of no others. The lists are filled up
/// to groups, so that products take them group by group.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ActiveInputs
{
    /// <summary>
    /// Inputs that are listed at once, and the length of the lists: few enough to stay in the nearest cache beside sums and
    /// weights, and for the stack; enough that the last group, filled up, matters little.
    /// </summary>
    public const int Most = 256;

    private const int Group = 8;

    /// <summary>Lists the active ones of at most <see cref="Most"/> inputs, in order.</summary>
    /// <param name="a">The inputs.</param>
    /// <param name="first">The index of the first.</param>
    /// <param name="indices">Receives the indices; the last one again and again up to a multiple of 8.</param>
    /// <param name="values">Receives the inputs; 0 up to a multiple of 8.</param>
    /// <returns>How many there are, rounded up to a multiple of 8.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Gather(ReadOnlySpan<float> a, int first, Span<int> indices, Span<float> values)
    {
        ref float aOrigin = ref MemoryMarshal.GetReference(a);
        ref int indicesOrigin = ref MemoryMarshal.GetReference(indices);
        ref float valuesOrigin = ref MemoryMarshal.GetReference(values);
        int count = 0;
        int i = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<int> index = Vector512.Create(first) + Vector512<int>.Indices;
            for (; i <= a.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512<float> ai = Vector512.LoadUnsafe(ref aOrigin, (nuint)i);
                Vector512<float> isActive = ~Vector512.Equals(ai, Vector512<float>.Zero);

                // A whole vector is stored, of which what is not active is overwritten by what comes next.
                Avx512F.Compress(Vector512<int>.Zero, isActive.AsInt32(), index).StoreUnsafe(ref indicesOrigin, (nuint)count);
                Avx512F.Compress(Vector512<float>.Zero, isActive, ai).StoreUnsafe(ref valuesOrigin, (nuint)count);
                count += BitOperations.PopCount(isActive.ExtractMostSignificantBits());
                index += Vector512.Create(Vector512<int>.Count);
            }
        }

        for (; i < a.Length; i++)
        {
            float ai = Unsafe.Add(ref aOrigin, i);
            Unsafe.Add(ref indicesOrigin, count) = first + i;
            Unsafe.Add(ref valuesOrigin, count) = ai;

            // All bits but the sign's; a comparison of integers gives a number without a jump, and jumps would often be mispredicted.
            count += BitConverter.SingleToInt32Bits(ai) << 1 != 0 ? 1 : 0;
        }

        int last = count - 1;
        for (; count % Group != 0; count++)
        {
            Unsafe.Add(ref indicesOrigin, count) = Unsafe.Add(ref indicesOrigin, last);
            Unsafe.Add(ref valuesOrigin, count) = 0;
        }

        return count;
    }

    /// <summary>c_i += a_i Σ_j w_ij s_j for four listed inputs; those that fill up a group add 0.</summary>
    /// <param name="sums">Σ_j w_ij s_j.</param>
    /// <param name="values">Their values, from the first of them on.</param>
    /// <param name="indices">Their indices, likewise.</param>
    /// <param name="cOrigin">The first element of c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProducts(Vector128<float> sums, ref readonly float values, ref int indices, ref float cOrigin)
    {
        Vector128<float> products = Vector128.LoadUnsafe(in values) * sums;
        Unsafe.Add(ref cOrigin, indices) += products[0];
        Unsafe.Add(ref cOrigin, Unsafe.Add(ref indices, 1)) += products[1];
        Unsafe.Add(ref cOrigin, Unsafe.Add(ref indices, 2)) += products[2];
        Unsafe.Add(ref cOrigin, Unsafe.Add(ref indices, 3)) += products[3];
    }
}
