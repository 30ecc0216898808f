using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>What a team works on: an engine with its programs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITeamWork
{
    /// <summary>Runs a part of a program, on a thread of the team.</summary>
    /// <param name="program">The program's number.</param>
    /// <param name="part">What this member does of it.</param>
    /// <param name="workspace">The workspace of the call, which all members share.</param>
    /// <param name="target">The output to explain, where the program has one.</param>
    /// <param name="fromTarget">Whether relevance starts at the target; else it is given.</param>
    void Run(int program, Part part, Span<float> workspace, int target, bool fromTarget);
}
