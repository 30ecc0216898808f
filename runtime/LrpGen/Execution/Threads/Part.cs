using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LrpGen.Execution;

/// <summary>
/// What one member of a team does of a call: an equal share of the units of every step. The shares depend on nothing but the number of
/// units and of members, and no sum is split among members, so that any number of them gives the same bits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Part
{
    /// <summary>Floats of a tensor that stay together: a cache line, which only one member should write.</summary>
    private const int Line = Simd.Alignment;

    // All are 0 in the part of a team of one, which is the default.
    private readonly TeamBarrier? barrier;
    private readonly int rank;
    private readonly int others;

    internal Part(TeamBarrier barrier, int rank, int members)
    {
        this.barrier = barrier;
        this.rank = rank;
        others = members - 1;
    }

    /// <summary>The whole: the part of a team of one.</summary>
    public static Part Whole => default;

    /// <summary>Whether this is the part of the caller's own thread.</summary>
    public bool IsFirst => rank == 0;

    /// <summary>Waits for all members to come here. Then each sees what the others wrote before.</summary>
    /// <exception cref="OperationCanceledException">The call has failed elsewhere; the caller gets what was thrown there.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Wait()
    {
        if (others > 0)
        {
            barrier!.Wait(rank);
        }
    }

    /// <summary>This part of a number of units: no two parts differ by more than one unit.</summary>
    /// <param name="units">How many there are, at least 0.</param>
    /// <returns>The first unit, and the one behind the last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int First, int End) Of(int units) => others == 0 ? (0, units) : (Cut(units, rank), Cut(units, rank + 1));

    /// <summary>This part of a tensor, of whole cache lines.</summary>
    /// <param name="tensor">The tensor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Of(Span<float> tensor)
    {
        (int first, int end) = OfFloats(tensor.Length);
        return tensor[first..end];
    }

    /// <inheritdoc cref="Of(Span{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> tensor)
    {
        (int first, int end) = OfFloats(tensor.Length);
        return tensor[first..end];
    }

    private int Cut(int units, int members) => (int)((long)units * members / (others + 1));

    private (int First, int End) OfFloats(int length)
    {
        if (others == 0)
        {
            return (0, length);
        }

        (int first, int end) = Of((int)(((long)length + Line - 1) / Line));
        return (first * Line, (int)Math.Min((long)end * Line, length));
    }
}
