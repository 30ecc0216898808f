using System.Collections.Immutable;
using LrpGen.Generator;
using LrpGen.Tests.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

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
    public void EditedCommentGeneratesNothingAnew()
    {
        GeneratorRunResult run = RunAfterEdit(First.Replace("the head", "three classes", StringComparison.Ordinal));
        Assert.Equal([Reason.Cached, Reason.Cached], ReasonsOf(run, TrackingNames.Networks));
        Assert.Equal([Reason.Cached], ReasonsOf(run, TrackingNames.UnrollBudget));
        Assert.All(ReasonsOf(run, TrackingNames.Files), reason => Assert.Equal(Reason.Cached, reason));
    }

    [Fact]
    public void EditedArgumentGeneratesThatNetworkAnew()
    {
        GeneratorRunResult run = RunAfterEdit(First.Replace("Linear(3)", "Linear(5)", StringComparison.Ordinal));
        Assert.Equal([Reason.Modified, Reason.Cached], ReasonsOf(run, TrackingNames.Networks));
        Assert.Equal([Reason.Cached], ReasonsOf(run, TrackingNames.UnrollBudget));
        Assert.Equal(["First"], ChangedNetworks(run));
    }

    [Fact]
    public void AnotherBudgetGeneratesWhatItChanges()
    {
        GeneratorRunResult run = RunAfterEdit(First, "0");
        Assert.Equal([Reason.Cached, Reason.Cached], ReasonsOf(run, TrackingNames.Networks));
        Assert.Equal([Reason.Modified], ReasonsOf(run, TrackingNames.UnrollBudget));
        Assert.Equal(["First", "Second"], ChangedNetworks(run));
    }

    [Fact]
    public void SameBudgetInOtherWordsGeneratesNothingAnew()
    {
        GeneratorRunResult run = RunAfterEdit(First, " 512 ");
        Assert.Equal([Reason.Unchanged], ReasonsOf(run, TrackingNames.UnrollBudget));
        Assert.All(ReasonsOf(run, TrackingNames.Files), reason => Assert.Equal(Reason.Cached, reason));
    }

    /// <summary>A block in a file of its own, which the first network uses and the second does not.</summary>
    [Fact]
    public void EditedBlockGeneratesThatNetworkAnew()
    {
        const string Block = "[LrpGen.Linear(4)] /* hidden */ [LrpGen.ReLU] public struct Hidden : LrpGen.IBlock;";
        string user = First.Replace("[LrpGen.Linear(3)]", "[LrpGen.Block<Hidden>] [LrpGen.Linear(3)]", StringComparison.Ordinal);

        GeneratorRunResult commented = RunAfterEdit([Block, user, Second], Block.Replace("hidden", "of ReLUs", StringComparison.Ordinal));
        GeneratorRunResult widened = RunAfterEdit([Block, user, Second], Block.Replace("(4)", "(5)", StringComparison.Ordinal));

        Assert.Equal([Reason.Cached, Reason.Cached], ReasonsOf(commented, TrackingNames.Networks));
        Assert.Equal([Reason.Modified, Reason.Cached], ReasonsOf(widened, TrackingNames.Networks));
        Assert.Equal(["First"], ChangedNetworks(widened));
    }

    /// <summary>Symbols, nodes and compilations would keep whole compilations alive, and are never equal.</summary>
    [Fact]
    public void TrackedValuesHoldNothingOfTheCompilation()
    {
        GeneratorRunResult run = Compiler.Driver(null).RunGenerators(Compiler.Compilation(First, Second)).GetRunResult().Results.Single();
        string[] steps = [TrackingNames.Networks, TrackingNames.UnrollBudget, TrackingNames.Files];
        ObjectGraph graph = new();
        foreach ((object value, _) in steps.SelectMany(step => run.TrackedSteps[step]).SelectMany(step => step.Outputs))
        {
            graph.Visit(value);
        }

        Assert.Contains(typeof(Generator.Model.Network), graph.Types);
        Assert.DoesNotContain(graph.Types, type => type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true);
    }

    /// <summary>The second run, after the first file became what is given, and the unroll budget if it is given.</summary>
    private static GeneratorRunResult RunAfterEdit(string first, string? unrollBudget = null) => RunAfterEdit([First, Second], first, unrollBudget);

    private static GeneratorRunResult RunAfterEdit(string[] files, string first, string? unrollBudget = null)
    {
        CSharpCompilation before = Compiler.Compilation(files);
        SyntaxTree tree = before.SyntaxTrees[0];
        CSharpCompilation after = before.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(first)));
        GeneratorDriver driver = Compiler.Driver(null).RunGenerators(before);
        driver = unrollBudget is null ? driver : driver.WithUpdatedAnalyzerConfigOptions(Compiler.Options(unrollBudget));
        return driver.RunGenerators(after).GetRunResult().Results.Single();
    }

    private static IEnumerable<Reason> ReasonsOf(GeneratorRunResult run, string step) =>
        run.TrackedSteps[step].SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static IEnumerable<string> ChangedNetworks(GeneratorRunResult run) => run.TrackedSteps[TrackingNames.Files]
        .SelectMany(step => step.Outputs)
        .Where(output => output.Reason == Reason.Modified)
        .Select(output => ((Generator.Emission.GeneratedFile)output.Value).HintName.Split('.')[1])
        .Distinct();
}
