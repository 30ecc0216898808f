namespace LrpGen.Tests.Engine;

/// <summary>The ways to run a network.</summary>
public enum EngineKind
{
    /// <summary>The interpreter in float64.</summary>
    Interpreter,

    /// <summary>Generated code in loops only.</summary>
    Looped,

    /// <summary>Generated code as users get it.</summary>
    Generated,

    /// <summary>Generated code that is unrolled wherever it can be.</summary>
    Unrolled,
}
