using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>What holds for every call, whatever the numbers: no allocation, the same bits on any thread, clear errors.</summary>
public sealed class CallTests
{
    private static readonly RandomCase Given = new(
        NetworkSpec.Sequential(
            Shape.Of(3, 9, 8),
            new Conv2d(5, 3) { Padding = 1 },
            new BatchNorm2d(),
            new GELU(),
            new MaxPool2d(2),
            new Conv2d(5, 3) { Padding = 1 },
            new Add { Inputs = ["3", "4"] },
            new Conv2d(6, new(2, 1)) { Stride = 2 },
            new Conv2d(3, 1) { Stride = 2, Inputs = ["5"] },
            new Concat { Inputs = ["6", "7"] },
            new ReLU(),
            new AvgPool2d(2) { Stride = 1, Padding = 1 },
            new Flatten(),
            new Linear(7),
            new Tanh(),
            new Linear(4)),
        [
            Presets.Get("EpsilonPlusFlat"),
            Presets.Get("EpsilonGammaBox", -1, 1),
            Presets.Get("EpsilonAlpha2Beta1"),
            Presets.Get("InputTimesGradient"),
            Presets.Get("GuidedBackprop"),
            new("WSquare", new RuleSpec("WSquare")),
            new("Contrastive", new RuleSpec("Epsilon")) { Seed = Seed.Contrastive },
            new("SoftmaxGradient", new RuleSpec("Epsilon")) { Seed = Seed.SoftmaxGradient },
            Presets.Get("IntegratedGradients"),
            Presets.Get("SmoothGrad"),
            Presets.Get("Occlusion"),
        ],
        Seed: 1);

    private static readonly NetworkLibrary Library = new(new Declaration("Net", Given.Network, Given.Explanations));

    private static readonly float[] Input = Given.Input();

    public static TheoryData<EngineKind> GeneratedEngines() => [EngineKind.Looped, EngineKind.Generated, EngineKind.Unrolled];

    [Theory]
    [MemberData(nameof(GeneratedEngines))]
    public void WarmCallsAllocateNothing(EngineKind engine)
    {
        INetwork network = Load(engine);
        float[] output = new float[network.OutputSize];
        float[] relevance = new float[network.InputSize];
        CallAll();
        CallAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        CallAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void CallAll()
        {
            network.Forward(Input, output);
            for (int k = 0; k < network.Explanations.Count; k++)
            {
                network.Explain(network.Explanations[k], Input, 1, relevance);
                network.Explain(network.Explanations[k], Input, output, relevance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedEngines))]
    public void ManyThreadsGetTheBitsThatOneGets(EngineKind engine)
    {
        INetwork network = Load(engine);
        float[][] alone = [.. Enumerable.Range(0, 64).Select(Explain)];
        float[][] together = new float[alone.Length][];
        Parallel.For(0, alone.Length, new() { MaxDegreeOfParallelism = 16 }, call => together[call] = Explain(call));
        Assert.Equal(alone, together);

        float[] Explain(int call)
        {
            float[] input = [.. Input.Select((value, i) => value / (1 + ((call + i) % 7)))];
            float[] relevance = new float[network.InputSize];
            network.Explain(network.Explanations[call % network.Explanations.Count], input, call % network.OutputSize, relevance);
            return relevance;
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedEngines))]
    public void TargetIsShortForItsSeed(EngineKind engine)
    {
        INetwork network = Load(engine);
        float[] output = new float[network.OutputSize];
        network.Forward(Input, output);
        float[] fromTarget = new float[network.InputSize];
        float[] fromSeed = new float[network.InputSize];
        foreach (ExplanationSpec explanation in Given.Explanations)
        {
            for (int target = 0; target < output.Length; target++)
            {
                float[] seed = Array.ConvertAll(Interpreter.SeedOf(explanation.Seed, output.ToDoubles(), target), value => (float)value);
                network.Explain(explanation.Name, Input, target, fromTarget);
                network.Explain(explanation.Name, Input, seed, fromSeed);
                Numbers.AssertClose(fromSeed.ToDoubles(), fromTarget.ToDoubles(), 1e-6, $"{explanation.Name}, target {target}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedEngines))]
    public void TraceEndsInWhatTheOtherCallsGive(EngineKind engine)
    {
        INetwork network = Load(engine);
        float[] output = new float[network.OutputSize];
        float[] relevance = new float[network.InputSize];
        network.Forward(Input, output);
        foreach (ExplanationSpec explanation in Given.Explanations)
        {
            network.Explain(explanation.Name, Input, 2, relevance);
            Explanation trace = network.Trace(explanation.Name, Input, 2);
            Assert.Equal(explanation.Name, trace.Name);
            Assert.Equal(2, trace.Target);
            Assert.Equal(output, trace.Output.ToArray());
            Assert.Equal(relevance, trace.Relevance.ToArray());
            Assert.Equal(
                explanation.Procedure is null ? Given.Network.Layers.Select(layer => layer.Name) : [],
                trace.Layers.Select(layer => layer.Name));
        }
    }

    [Fact]
    public void BadCallsSayWhatWasExpectedAndWhatWasGiven()
    {
        INetwork network = Load(EngineKind.Generated);
        float[] output = new float[4];
        float[] relevance = new float[216];
        AssertRefused("input", "216", "215", () => network.Forward(Input.AsSpan(1), output));
        AssertRefused("output", "4", "5", () => network.Forward(Input, new float[5]));
        AssertRefused("input", "216", "0", () => network.Explain("WSquare", [], 0, relevance));
        AssertRefused("relevance", "216", "4", () => network.Explain("WSquare", Input, 0, output));
        AssertRefused("target", "3", "4", () => network.Explain("WSquare", Input, 4, relevance));
        AssertRefused("target", "3", "-1", () => network.Trace("WSquare", Input, -1));
        AssertRefused("outputRelevance", "4", "3", () => network.Explain("WSquare", Input, output.AsSpan(1), relevance));
        float[] infinite = [0, 0, float.PositiveInfinity, 0];
        AssertRefused("outputRelevance", "index 2", "Infinity", () => network.Explain("WSquare", Input, infinite, relevance));
        AssertRefused("input", "index 7", "NaN", () => network.Forward([.. Input[..7], float.NaN, .. Input[8..]], output));
        AssertRefused("explanation", "WSquare", "Flat", () => network.Explain("Flat", Input, 0, relevance));
        Assert.Throws<ArgumentException>(() => network.Trace("WSquare", Input, 0)["15"]);
    }

    private static INetwork Load(EngineKind engine) => Library.LoadGenerated(engine, "Net", Given.Network.ToTensors(Given.Weights()));

    private static void AssertRefused(string parameter, string expected, string given, Action call)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(parameter, exception.ParamName);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(given, exception.Message, StringComparison.Ordinal);
    }
}
