using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LrpGen.Execution;

/// <summary>
/// How a tensor lies in memory: one of its axes in the lanes, side by side, and a row of lanes for every position along the others, in their order.
/// So an image (C, H, W) with its channels in the lanes has a row for each pixel, and a sequence (T, E) with its features a row for each token.
/// </summary>
/// <param name="Outer">The product of the sizes before the axis in the lanes.</param>
/// <param name="Lanes">Size of the axis in the lanes.</param>
/// <param name="Inner">The product of the sizes behind it.</param>
/// <param name="Pitch">Floats from a row to the next; those beyond the lanes are padding.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Arrangement(int Outer, int Lanes, int Inner, int Pitch)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Outer * Inner;

    /// <summary>Number of elements.</summary>
    public int Size => Outer * Lanes * Inner;

    /// <summary>The same of a tensor with fewer positions along its outermost axis that is no lane.</summary>
    /// <param name="tensor">All rows of it.</param>
    public Arrangement For(ReadOnlySpan<float> tensor)
    {
        int rows = tensor.Length / Pitch;
        return Outer > 1 ? this with { Outer = rows / Inner } : this with { Inner = rows };
    }

    /// <summary>Where an element lies.</summary>
    /// <param name="element">Its index in PyTorch's order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(int element)
    {
        if (Inner == 1)
        {
            return Outer == 1 ? element : element / Lanes * Pitch + element % Lanes;
        }

        int plane = element / Inner;
        return (plane / Lanes * Inner + element % Inner) * Pitch + plane % Lanes;
    }

    /// <summary>How many elements from that one on lie in equal steps.</summary>
    internal int RunFrom(int element) => Inner == 1 ? Lanes - element % Lanes : Inner - element % Inner;

    /// <summary>From an element to the next within a run.</summary>
    internal int Step => Inner == 1 ? 1 : Pitch;

    /// <summary>PyTorch's own order.</summary>
    internal static Arrangement Dense(int size) => new(1, size, 1, size);
}
