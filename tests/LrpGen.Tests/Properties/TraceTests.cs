using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>
/// A call without a trace lets the step before a ReLU do its work. With one, that step's sums are seen first; nothing else may differ.
/// </summary>
public sealed class TraceTests
{
    private static readonly RandomCase Given = new(
        NetworkSpec.Sequential(
            Shape.Of(2, 9, 8),
            new Conv2d(5, 3) { Padding = 1 },
            new ReLU(),
            new Conv2d(5, 3) { Padding = 1 },
            new BatchNorm2d(),
            new Identity(),
            new ReLU(),
            new Conv2d(5, 1),
            new Add { Inputs = ["1", "6"] },
            new ReLU(),
            new Flatten(),
            new Linear(9),
            new ReLU(),
            new Linear(3)),
        [
            new("Merged", new("ZPlus") { On = LayerKinds.Convolution }, new("Epsilon")),
            new("Epsilon", new RuleSpec("Epsilon")),
            new("Apart", new RuleSpec("Epsilon"), new("Derivative") { On = LayerKinds.Activation }),
        ],
        Seed: 3);

    /// <summary>The ReLUs, each with the layers whose outputs are the sums that it reads.</summary>
    private static readonly (string ReLU, string[] Sums)[] Rectified = [("1", ["0"]), ("5", ["2", "3", "4"]), ("8", ["7"]), ("11", ["10"])];

    private static readonly NetworkLibrary Library = new(Given.Declare(0));

    public static TheoryData<EngineKind> GeneratedEngines() => CallTests.GeneratedEngines();

    [Theory]
    [MemberData(nameof(GeneratedEngines))]
    public void RelevanceIsThatOfACallWithoutTrace(EngineKind engine)
    {
        INetwork network = Load(engine);
        float[] input = Given.Input();
        float[] relevance = new float[network.InputSize];
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        foreach (string name in network.Explanations)
        {
            network.Explain(name, input, 2, relevance);
            Explanation trace = network.Trace(name, input, 2);
            Assert.Equal(relevance, trace.Relevance.ToArray());
            Assert.Equal(output, trace.Output.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedEngines))]
    public void TheSumsBeforeAReLUAreSeen(EngineKind engine)
    {
        INetwork network = Load(engine);
        Explanation apart = network.Trace("Apart", Given.Input(), 2);
        foreach (string name in network.Explanations)
        {
            Explanation trace = network.Trace(name, Given.Input(), 2);
            foreach ((string relu, string[] sums) in Rectified)
            {
                float[] before = trace[sums[0]].Activation.ToArray();
                Assert.Contains(before, value => value < 0);
                Assert.All(sums, sum => Assert.Equal(before, trace[sum].Activation.ToArray()));
                Assert.Equal(Array.ConvertAll(before, value => Math.Max(value, 0)), trace[relu].Activation.ToArray());
                Assert.Equal(apart[sums[0]].Activation.ToArray(), before);
            }
        }
    }

    /// <summary>Where the chain rule passes a ReLU, sums below 0 have a part in the way back, and so the step before it leaves them.</summary>
    [Fact]
    public void SomeExplanationsMergeAndSomeDoNot()
    {
        string generated = string.Concat(Compiler.Generate(null, Given.Declare(0).Source).SyntaxTrees.Select(tree => Body(tree.ToString())));
        Assert.Equal(
            [true, true, false],
            Given.Explanations.Select(explanation => generated.Contains($"{explanation.Name} merges", StringComparison.Ordinal)));

        string Body(string text) => string.Concat(Given.Explanations
            .Where(explanation => text.Contains($"public void Explain{explanation.Name}<", StringComparison.Ordinal)
                && text.Contains("float floor = trace is null", StringComparison.Ordinal))
            .Select(explanation => $"{explanation.Name} merges\n"));
    }

    private static INetwork Load(EngineKind engine) => Library.LoadGenerated(engine, "Net0", Given.Network.ToTensors(Given.Weights()));
}
