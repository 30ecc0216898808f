using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LrpGen.Execution;

/// <summary>
/// A number that only goes up, and members of a team that wait for it to do so. They spin first, since most waits are short; then they
/// give way to other threads on their processor; then they sleep.
/// </summary>
internal sealed class Turnstile
{
    /// <summary>Members that can sleep: a bit for each.</summary>
    public const int MaxMembers = 64;

    /// <summary>About 2 µs. A member on the same processor can't come before this one gives way, so it must not be long.</summary>
    private const int Spins = 50;

    /// <summary>Some 50 µs when nobody wants the processor: about what it costs to sleep and be woken.</summary>
    private const int Yields = 100;

    /// <summary>Whom another program's thread keeps from its processor for so long had better sleep: sleepers get it back at once.</summary>
    private static readonly TimeSpan LongYield = TimeSpan.FromMicroseconds(250);

    /// <summary>Waits after a long yield in which nobody gives way, so that few are long.</summary>
    private const int WaitsWithoutYield = 256;

    private readonly int spins;
    private readonly AutoResetEvent[] wake;
    private State state;
    private int waitsWithoutYield;

    /// <summary>At zero.</summary>
    /// <param name="members">Members of the team; if they are more than processors, they don't spin.</param>
    public Turnstile(int members)
    {
        spins = members <= Environment.ProcessorCount ? Spins : 0;
        wake = new AutoResetEvent[members];
        foreach (ref AutoResetEvent member in wake.AsSpan())
        {
            member = new AutoResetEvent(initialState: false);
        }
    }

    /// <summary>The number.</summary>
    public int Number => Volatile.Read(ref state.Number);

    /// <summary>Counts up, and lets pass who waits.</summary>
    public void Advance()
    {
        // A full fence: either this sees that a member sleeps, or the member sees the new number.
        Interlocked.Increment(ref state.Number);
        for (ulong asleep = Volatile.Read(ref state.Asleep); asleep != 0; asleep &= asleep - 1)
        {
            wake[BitOperations.TrailingZeroCount(asleep)].Set();
        }
    }

    /// <summary>Waits while the number is this one.</summary>
    /// <param name="before">The number.</param>
    /// <param name="rank">The member that waits.</param>
    /// <returns>The number then.</returns>
    public int Await(int before, int rank)
    {
        if (!Spin(before) && !GiveWay(before))
        {
            Sleep(before, rank);
        }

        return Number;
    }

    private bool Spin(int before)
    {
        for (int spin = 0; spin < spins && Number == before; spin++)
        {
            Thread.SpinWait(1);
        }

        return Number != before;
    }

    private bool GiveWay(int before)
    {
        if (waitsWithoutYield > 0)
        {
            waitsWithoutYield--;
            return false;
        }

        for (int yield = 0; yield < Yields && Number == before; yield++)
        {
            long start = Stopwatch.GetTimestamp();
            Thread.Yield();
            if (Stopwatch.GetElapsedTime(start) > LongYield)
            {
                waitsWithoutYield = WaitsWithoutYield;
                break;
            }
        }

        return Number != before;
    }

    private void Sleep(int before, int rank)
    {
        ulong self = 1UL << rank;
        Interlocked.Or(ref state.Asleep, self);
        try
        {
            while (Number == before)
            {
                wake[rank].WaitOne();
            }
        }
        finally
        {
            Interlocked.And(ref state.Asleep, ~self);
        }
    }

    /// <summary>What all members read, alone in its cache lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct State
    {
        [FieldOffset(128)]
        public ulong Asleep;

        [FieldOffset(136)]
        public int Number;
    }
}
