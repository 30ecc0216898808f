using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace LrpGen.Execution;

/// <summary>The threads of a team besides the caller's, and the call that they run.</summary>
/// <param name="workspace">The workspace of the team.</param>
/// <param name="count">Members, the caller with them.</param>
internal sealed class TeamMembers(AlignedBuffer workspace, int count)
{
    private readonly TeamBarrier barrier = new(count);
    private readonly Turnstile start = new(count);
    private readonly Turnstile finish = new(count);
    private PaddedCounter unfinished;
    private int threads;
    private volatile bool stopped;

    // The call. Its work is forgotten at the end: an engine holds its teams, so that a thread which held the engine would live for ever.
    private ITeamWork? work;
    private int program;
    private Call call;
    private int finishBefore;

    /// <summary>See <see cref="Team.Begin"/>.</summary>
    public Part Begin(ITeamWork work, int program, in Call call)
    {
        while (threads < count - 1)
        {
            StartThread(rank: threads + 1);
            threads++;
        }

        this.work = work;
        this.program = program;
        this.call = call;
        finishBefore = finish.Number;
        unfinished.Value = count - 1;
        start.Advance();
        return new Part(barrier, 0, count);
    }

    /// <summary>See <see cref="Team.End"/>.</summary>
    public void End()
    {
        if (work is not null)
        {
            finish.Await(finishBefore, 0);
            barrier.ThrowIfBroken(0);
            work = null;
        }
    }

    /// <summary>See <see cref="Team.Cancel"/>.</summary>
    public void Cancel()
    {
        if (work is not null)
        {
            barrier.Break();
            finish.Await(finishBefore, 0);
            barrier.Mend();
            work = null;
        }
    }

    /// <summary>See <see cref="Team.Stop"/>.</summary>
    public void Stop()
    {
        stopped = true;
        barrier.Break();
        start.Advance();
    }

    private void StartThread(int rank)
    {
        int before = start.Number;
        Thread thread = new(() => Work(rank, before)) { IsBackground = true, Name = $"LrpGen team member {rank}" };
        thread.UnsafeStart(); // without the context of the first caller
    }

    private void Work(int rank, int before)
    {
        Part part = new(barrier, rank, count);
        while (true)
        {
            before = start.Await(before, rank);
            if (stopped)
            {
                return;
            }

            Run(part);
        }
    }

    /// <summary>A method of its own, so that the thread has no reference to the work while it waits for more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run(Part part)
    {
        try
        {
            work!.Run(program, part, workspace.Span, call);
        }
        catch (Exception exception)
        {
            barrier.Break(exception);
        }

        if (Interlocked.Decrement(ref unfinished.Value) == 0)
        {
            finish.Advance();
        }
    }
}
