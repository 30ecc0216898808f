using System.Runtime.CompilerServices;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;
using Microsoft.CodeAnalysis;

namespace LrpGen.Tests.Snapshots;

/// <summary>Generated code that a person has read: one snapshot for each kind of step, not for each combination.</summary>
public sealed class SnapshotTests
{
    /// <summary>Everything for a network so small that all of it is unrolled: what users call, weights, forward, one explanation.</summary>
    [Fact]
    public void Perceptron() => Verify(
        part => true,
        new NetworkSpec(
            Shape.Of(3),
            [new Linear(2) { Name = "hidden" }, new ReLU { Name = "relu" }, new Linear(2) { Name = "head" }]),
        Presets.Get("EpsilonPlus"));

    /// <summary>Convolutions, a pool and a linear layer in loops, backward: flat, z⁺, ε.</summary>
    [Fact]
    public void Convolutional() => Verify(
        part => part is "ExplainEpsilonPlusFlat",
        NetworkSpec.Sequential(
            Shape.Of(1, 28, 28),
            new Conv2d(16, 5) { Padding = 2 },
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(8, 3),
            new ReLU(),
            new Flatten(),
            new Linear(10)),
        Presets.Get("EpsilonPlusFlat"));

    /// <summary>Calls that threads share, and a convolution in tiles.</summary>
    [Fact]
    public void Shared() => Verify(
        part => part is "Engine" or "ExplainEpsilonPlus",
        NetworkSpec.Sequential(
            Shape.Of(32, 13, 13),
            new Conv2d(32, 3) { Padding = 1 },
            new ReLU(),
            new Conv2d(32, 3) { Padding = 1 },
            new ReLU(),
            new AdaptiveAvgPool2d(1)),
        Presets.Get("EpsilonPlus"));

    /// <summary>The box rule, whose bounds meet the weights when these are loaded.</summary>
    [Fact]
    public void Box() => Verify(
        part => part is "Engine" or "ExplainBox",
        NetworkSpec.Sequential(
            Shape.Of(2, 16), new Conv1d(8, 3), new ReLU(), new AdaptiveAvgPool1d(1)),
        new("Box", new RuleSpec("ZBox", -1, 1) { First = true }));

    /// <summary>The chain rule through an average pool and an activation that is not piecewise linear.</summary>
    [Fact]
    public void Gradient() => Verify(
        part => part is "ExplainGradient",
        NetworkSpec.Sequential(
            Shape.Of(3, 6, 6),
            new AvgPool2d(2),
            new SiLU(),
            new Flatten(),
            new Linear(10)),
        Presets.Get("Gradient"));

    /// <summary>A start from all outputs, and relevance that flows on in chosen channels only.</summary>
    [Fact]
    public void Masked() => Verify(
        part => part is "ExplainMasked",
        NetworkSpec.Sequential(
            Shape.Of(3), new Linear(4), new ReLU(), new Linear(2)),
        new("Masked", new RuleSpec("Epsilon")) { Seed = Seed.Contrastive, Mask = "1" });

    /// <summary>What goes row by row, and what before and behind that.</summary>
    [Fact]
    public void Recurrent() => Verify(
        part => part is "ExplainCPLRP",
        NetworkSpec.Sequential(Shape.Of(3, 2), new LSTM(4), new Select(-1), new Linear(2)),
        Presets.Get("CPLRP"));

    /// <summary>A procedure, the passes that it runs, and the root that it may be given.</summary>
    [Fact]
    public void Procedure() => Verify(
        part => part is "ExplainTaylorDecomposition",
        NetworkSpec.Sequential(Shape.Of(3), new Linear(2), new ReLU(), new Linear(2)),
        Presets.Get("TaylorDecomposition") with { Lows = [-1], Highs = [1] });

    /// <summary>Every snapshot belongs to a test.</summary>
    [Fact]
    public void NoSnapshotIsAnOrphan()
    {
        IEnumerable<string> tests = typeof(SnapshotTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"));
        IEnumerable<string> snapshots = Directory.EnumerateFiles(Snapshot.ProjectDirectory, "*.verified.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file).Split('#')[0]);
        Assert.Empty(snapshots.Except(tests));
    }

    /// <param name="shows">Whether a part of the class is shown, by the name that its file has after the class's.</param>
    private static void Verify(
        Func<string, bool> shows, NetworkSpec network, ExplanationSpec explanation, [CallerMemberName] string method = "")
    {
        Declaration declaration = new("Net", network, explanation);
        Dictionary<string, string> parts = Compiler.Generate(null, declaration.Source).SyntaxTrees
            .Skip(1)
            .ToDictionary(tree => Path.GetFileName(tree.FilePath).Replace(".g.cs", "", StringComparison.Ordinal), tree => tree.ToString());
        Snapshot.Verify(parts.Where(part => shows(part.Key.Split('.')[^1])).ToDictionary(), method: method);
    }
}
