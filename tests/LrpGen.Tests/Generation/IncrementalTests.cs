using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using LrpGen.Generator;
using LrpGen.Tests.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Tests.Generation;

/// <summary>What an edit makes the generator do again, exactly.</summary>
public sealed class IncrementalTests
{
    private const string First = """
        namespace Models;

        [LrpGen.Network(4)]
        [LrpGen.Linear(3)] // the head
        [LrpGen.Explain<LrpGen.EpsilonPlus>]
        public sealed partial class First;
        """;

    private const string Second = """
        namespace Models;

        [LrpGen.Network(2, 6)]
        [LrpGen.Conv1d(3, 2)]
        [LrpGen.Explain<LrpGen.EpsilonPlus>]
        public sealed partial class Second;
        """;

    [Fact]
    public void FirstRunGeneratesAll()
    {
        GeneratorRunResult run = Run(First, First);
        Assert.All(ReasonsOf(run, TrackingNames.Files), reason => Assert.Equal(IncrementalStepRunReason.New, reason));
    }
}
