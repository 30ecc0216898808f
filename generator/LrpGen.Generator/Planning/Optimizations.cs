namespace LrpGen.Generator.Planning;

/// <summary>
/// What the planner does beyond the textbook's program. Without any of them results are right all the same, only later. The first three simplify
/// rules' tables, before these become steps; the next five rewrite programs.
/// </summary>
[Flags]
internal enum Optimizations
{
    None = 0,

    /// <summary>Terms of known signs are left out, see <see cref="Analysis.SignInference"/>.</summary>
    Signs = 1,

    /// <summary>Where only positive outputs have relevance, nothing is computed for negative ones, see <see cref="PositiveRelevance"/>.</summary>
    PositiveRelevance = 2,

    /// <summary>z serves as a denominator again, see <see cref="Shares.ReusesForward"/>.</summary>
    ReusedSums = 4,

    /// <summary>Relevance of one target starts at its column of the last linear layer, see <see cref="Planning.TargetColumn"/>.</summary>
    TargetColumn = 8,

    /// <summary>3×3 convolutions are computed in tiles, see <see cref="Planning.Tiles"/>.</summary>
    Tiles = 16,

    /// <summary>ReLUs are done by the step that computes their input, see <see cref="Planning.Rectification"/>.</summary>
    Rectification = 32,

    /// <summary>What becomes of sums is computed while they are in registers, see <see cref="Planning.Fusion"/>.</summary>
    Fusion = 64,

    /// <summary>Elementwise steps that follow each other are one loop, see <see cref="LoopSharing"/>.</summary>
    SharedLoops = 128,

    /// <summary>Members of a team divide the work of a step, see <see cref="Plan.IsShared"/>.</summary>
    Threads = 256,

    /// <summary>Tensors whose lives do not overlap share memory, see <see cref="Placement"/>.</summary>
    SharedMemory = 512,

    /// <summary>Rows that nobody reads are left out, see <see cref="Analysis.ReadRows"/>.</summary>
    ReadRows = 1024,
}
