using LrpGen.Generator.Planning;
using LrpGen.Tests.Conformance;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

/// <summary>How far the planned workspaces are from what lives at one time, which no placement can undercut.</summary>
public class PeakTests
{
    /// <summary>Of one small network, the mean of its programs: a tensor of such a network that finds no gap is some per cent of all.</summary>
    private const double MeanExcess = 0.03;

    /// <summary>Of all small networks together, as docs/architecture.md says.</summary>
    private const double MeanExcessOfAll = 0.01;

    /// <summary>Of a residual network: its peak is made of a few large tensors, which leave gaps for all others.</summary>
    private const double ResidualExcess = 0.005;

    /// <summary>Of any one program: one tensor that finds no gap, among the handful that live at the peak.</summary>
    private const double LargestExcess = 0.15;

    public static TheoryData<string> Conformance() => [.. ConformanceCase.All.Keys];

    [Theory]
    [MemberData(nameof(Conformance))]
    public void WorkspacesOfConformanceNetworksAreHardlyLongerThanTheirPeaks(string name) => AssertNearPeak(Excess(Network(name)), MeanExcess);

    [Fact]
    public void WorkspacesOfConformanceNetworksAreTheirPeaksOnAverage() =>
        Assert.InRange(ConformanceCase.All.Keys.SelectMany(name => Excess(Network(name))).Average(), 0, MeanExcessOfAll);

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
            Excess(Declaration.Parse($"""
                [Network(3, 224, 224)] [Conv2d(64, 7, Stride = 2, Padding = 3)] [ReLU] [MaxPool2d(3, Stride = 2, Padding = 1, Name = "stem")]
                {string.Join('\n', stages)}
                [AdaptiveAvgPool2d(1)] [Flatten] [Linear(1000)]
                [Explain<EpsilonPlusFlat>] [Explain<EpsilonGammaBox>(Low = -3, High = 3)] [Explain<EpsilonAlpha2Beta1>] [Explain<GuidedBackprop>]
                """)),
            ResidualExcess);
    }

    private static Generator.Model.Network Network(string name)
    {
        Engine.Declaration declaration = ConformanceCase.All[name].Declaration;
        return Declaration.Parse(Declaration.Compile(declaration.Source), $"{Engine.Declaration.Namespace}.{declaration.Name}");
    }

    /// <summary>By what part the workspaces are longer than the peaks.</summary>
    private static double[] Excess(Generator.Model.Network network)
    {
        Plan plan = Planner.Plan(network, UnrollBudget.Default, CancellationToken.None);
        return [.. plan.Explanations.Append(plan.Forward).Select(program => ((double)program.Placement.Length / program.Placement.Peak) - 1)];
    }

    private static void AssertNearPeak(double[] excess, double mean)
    {
        Assert.InRange(excess.Average(), 0, mean);
        Assert.InRange(excess.Max(), 0, LargestExcess);
    }
}
