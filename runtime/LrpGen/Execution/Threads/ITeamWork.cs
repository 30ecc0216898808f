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
    /// <param name="call">What else the program must know of the call.</param>
    void Run(int program, Part part, Span<float> workspace, in Call call);
}

/// <summary>What all members of a team must know of a call.</summary>
/// <param name="Target">The output to explain; negative where an objective tells where relevance starts.</param>
/// <param name="Positions">Of the input, where calls choose how many it has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Call(int Target, int Positions = 0);
