using System.Runtime.ExceptionServices;

namespace LrpGen.Execution;

/// <summary>Where the members of a team wait for each other. It can be broken, and then nobody waits there.</summary>
/// <param name="members">How many meet.</param>
internal sealed class TeamBarrier(int members)
{
    private readonly Turnstile turnstile = new(members);
    private PaddedCounter missing = new() { Value = members };
    private ExceptionDispatchInfo? failure;
    private volatile bool broken;

    /// <summary>Waits for all members. Then each sees what the others wrote before.</summary>
    /// <param name="rank">Of the member that waits; 0, the caller, gets the exception that broke the barrier.</param>
    public void Wait(int rank)
    {
        // Read before this member arrives, since then the others may pass; and before broken, which Break sets before it advances.
        int before = turnstile.Number;
        ThrowIfBroken(rank);
        if (Interlocked.Decrement(ref missing.Value) == 0)
        {
            missing.Value = members;
            turnstile.Advance();
        }
        else
        {
            turnstile.Await(before, rank);
            ThrowIfBroken(rank);
        }
    }

    /// <summary>Makes all members throw that wait or come later.</summary>
    /// <param name="exception">What happened; only the first one is kept.</param>
    public void Break(Exception? exception = null)
    {
        if (exception is not null)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
        }

        broken = true;
        turnstile.Advance();
    }

    /// <summary>Makes the barrier as new. No member may be there.</summary>
    public void Mend()
    {
        missing.Value = members;
        failure = null;
        broken = false;
    }

    /// <summary>Throws if the barrier is broken.</summary>
    /// <param name="rank">See <see cref="Wait"/>.</param>
    public void ThrowIfBroken(int rank)
    {
        if (broken)
        {
            Throw(rank);
        }
    }

    private void Throw(int rank)
    {
        if (rank == 0)
        {
            failure?.Throw();
        }

        throw new OperationCanceledException("Another part of the call has failed.");
    }
}
