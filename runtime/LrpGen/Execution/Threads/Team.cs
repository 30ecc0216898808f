using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The workspace of a call, and the threads that run it. The caller's own thread is a member; the others start with the first call and
/// wait for the next, until the team is dropped.
/// </summary>
/// <remarks>
/// <code>
/// Team team = teams.Rent();
/// try
/// {
///     Part part = team.Begin(this, program, call);
///     Steps(part, team.Workspace, …);
///     team.End();
/// }
/// finally
/// {
///     teams.Return(team);
/// }
/// </code>
/// When the caller's steps throw, <see cref="TeamPool.Return"/> calls off the other members.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Team
{
    private readonly AlignedBuffer workspace;

    // Null in a team of one. All that the threads hold: they don't keep the team itself alive.
    private readonly TeamMembers? members;

    internal Team(int workspaceLength, int threads)
    {
        workspace = new AlignedBuffer(workspaceLength);
        if (threads > 1)
        {
            members = new TeamMembers(workspace, threads);
        }
        else
        {
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Stops the threads.</summary>
    ~Team() => members?.Stop();

    /// <summary>Memory that only this call uses, with whatever the last one left in it.</summary>
    public Span<float> Workspace => workspace.Span;

    /// <summary>
    /// Starts a call: the other members run their parts. <see cref="End"/> must follow. A call by one thread alone, with
    /// <see cref="Part.Whole"/>, needs neither.
    /// </summary>
    /// <param name="work">What to run.</param>
    /// <param name="program">See <see cref="ITeamWork.Run"/>.</param>
    /// <param name="call">See <see cref="ITeamWork.Run"/>.</param>
    /// <returns>The caller's own part.</returns>
    public Part Begin(ITeamWork work, int program, in Call call) =>
        members is null ? Part.Whole : members.Begin(work, program, call);

    /// <summary>Ends a call, if one has begun: waits for the other members, and throws what one of them threw.</summary>
    public void End()
    {
        members?.End();
        GC.KeepAlive(this);
    }

    /// <summary>Ends a call, if one has begun and not ended: makes the other members leave it, and waits until they have.</summary>
    internal void Cancel()
    {
        members?.Cancel();
        GC.KeepAlive(this);
    }

    /// <summary>Ends the threads of a team that is not used any more.</summary>
    internal void Stop()
    {
        members?.Stop();
        GC.SuppressFinalize(this);
    }
}
