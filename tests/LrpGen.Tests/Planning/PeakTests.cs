using LrpGen.Generator.Planning;
using LrpGen.Tests.Conformance;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

/// <summary>How far the planned workspaces are from what lives at one time, which no placement can undercut.</summary>
public class PeakTests
{
    public static TheoryData<string> Conformance() => [.. ConformanceCase.All.Keys];

    [Theory]
    [MemberData(nameof(Conformance))]
    public void WorkspacesOfConformanceNetworksAreHardlyLongerThanTheirPeaks(string name)
    {
        Engine.Declaration declaration = ConformanceCase.All[name].Declaration;
        AssertNearPeak(Declaration.Parse(Declaration.Compile(declaration.Source), $"{Engine.Declaration.Namespace}.{declaration.Name}"), mean: 0.03);
    }

    /// <summary>Sixteen residual blocks of two convolutions each, the first of each stage with a shortcut of its own.</summary>
    [Fact]
    public void WorkspacesOfAResidualNetworkAreTheirPeaks()
    {
        IEnumerable<string> stages =
            from stage in Enumerable.Range(0, 4)
            from block in Enumerable.Range(0, 4)
            let channels = 64 << stage
            let name = $"{stage}.{block}"
            let first = block == 0
            let stride = first && stage > 0 ? 2 : 1
            let before = first ? (stage == 0 ? "stem" : $"{stage - 1}.3") : $"{stage}.{block - 1}"
            select $"""
                [Conv2d({channels}, 3, Stride = {stride}, Padding = 1, From = "{before}")] [BatchNorm2d] [ReLU]
                [Conv2d({channels}, 3, Padding = 1)] [BatchNorm2d(Name = "{name}.last")]
                [{(first ? $"Conv2d({channels}, 1, Stride = {stride}" : "Identity(")}{(first ? ", " : "")}From = "{before}", Name = "{name}.skip")]
                [Add("{name}.last", "{name}.skip")] [ReLU(Name = "{name}")]
                """;
        AssertNearPeak(
            Declaration.Parse($"""
                [Network(3, 224, 224)] [Conv2d(64, 7, Stride = 2, Padding = 3)] [ReLU] [MaxPool2d(3, Stride = 2, Padding = 1, Name = "stem")]
                {string.Join('\n', stages)}
                [AdaptiveAvgPool2d(1)] [Flatten] [Linear(1000)]
                [Explain<EpsilonPlusFlat>] [Explain<EpsilonGammaBox>(Low = -3, High = 3)] [Explain<EpsilonAlpha2Beta1>] [Explain<GuidedBackprop>]
                """),
            mean: 0.005);
    }

    private static void AssertNearPeak(Generator.Model.Network network, double mean)
    {
        Plan plan = Planner.Plan(network, UnrollBudget.Default, CancellationToken.None);
        double[] excess =
            [.. plan.Explanations.Append(plan.Forward).Select(program => ((double)program.Placement.Length / program.Placement.Peak) - 1)];
        Assert.InRange(excess.Average(), 0, mean);
        Assert.InRange(excess.Max(), 0, 0.15);
    }
}
