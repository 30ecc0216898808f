using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The teams that run the calls of a network. Each call rents a team and returns it; as many are kept as there are processors, at
/// least four, so that calls allocate nothing once warm. Safe for use from many threads; no locks.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TeamPool
{
    private readonly int workspaceLength;
    private readonly int threads;
    private readonly Team?[] free = new Team?[Math.Max(4, Environment.ProcessorCount)];

    /// <summary>A pool without teams; they are made when they are needed.</summary>
    /// <param name="workspaceLength">Number of floats of a workspace.</param>
    /// <param name="threads">Members of a team, the caller's thread with them; above 64 is as 64.</param>
    public TeamPool(int workspaceLength, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.workspaceLength = workspaceLength;
        this.threads = Math.Min(threads, Turnstile.MaxMembers);
    }

    /// <summary>A team that nobody else uses.</summary>
    public Team Rent()
    {
        foreach (ref Team? slot in free.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is Team team)
            {
                return team;
            }
        }

        return new Team(workspaceLength, threads);
    }

    /// <summary>Gives a team back, and calls off a call that has not ended; the team is dropped if enough are free.</summary>
    /// <param name="team">From <see cref="Rent"/>, and no longer used.</param>
    public void Return(Team team)
    {
        team.Cancel();
        foreach (ref Team? slot in free.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, team, null) is null)
            {
                return;
            }
        }

        team.Stop();
    }
}
