using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

/// <summary>Notes what each member was called with.</summary>
/// <param name="members">Members of the team.</param>
internal sealed class RecordingWork(int members) : ITeamWork
{
    /// <summary>The thread of each member, by rank.</summary>
    public Thread?[] Threads { get; } = new Thread?[members];

    /// <summary>What each member was called with, by rank.</summary>
    public (int Program, Call Call)[] Arguments { get; } = new (int, Call)[members];

    /// <summary>Makes a call.</summary>
    public void Run(Team team)
    {
        Part part = team.Begin(this, 3, new(7, Positions: 5));
        Run(3, part, team.Workspace, new(7, Positions: 5));
        team.End();
    }

    public void Run(int program, Part part, Span<float> workspace, in Call call)
    {
        (int rank, _) = part.Of(members);
        Threads[rank] = Thread.CurrentThread;
        Arguments[rank] = (program, call);
    }
}
