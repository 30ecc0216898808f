using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>Relevance that flows on in chosen channels of a layer only.</summary>
public sealed class MaskTests
{
    /// <summary>Folded batch norm, branches whose relevance is summed, a Concat, a Flatten, and layers behind the last linear one.</summary>
    private static readonly NetworkSpec Network = NetworkSpec.Sequential(
        Shape.Of(2, 6, 6),
        new Conv2d(5, 3),
        new BatchNorm2d(),
        new ReLU(),
        new Conv2d(5, 1),
        new Add { Inputs = ["2", "3"] },
        new MaxPool2d(2),
        new Concat { Inputs = ["5", "5"] },
        new Flatten(),
        new Linear(9),
        new Tanh(),
        new Linear(4),
        new Dropout());

    private static readonly RuleSpec[] Rules = [new("Gamma", 0.25) { On = LrpGen.Rules.LayerKinds.Convolution }, new("Epsilon", 0.01)];

    private static readonly ExplanationSpec Whole = new("Whole", Rules);

    /// <summary>An explanation for every layer, in which the layer's second and fourth channel are chosen.</summary>
    private static readonly ExplanationSpec[] Masked =
        [.. Network.Layers.Select(layer => new ExplanationSpec("Of" + layer.Name, Rules) { Mask = layer.Name, Channels = [3, 1, 3] })];

    private static readonly RandomCase Given = new(Network, [Whole, .. Masked], Seed: 5);

    private static readonly int Target = Given.Target;

    private static readonly NetworkLibrary Library = new(Given.Declare(0));

    public static TheoryData<int> Layers() => [.. Enumerable.Range(0, Network.Layers.Count)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void OnlyTheChosenChannelsFlowOn(int layer)
    {
        string explanation = Masked[layer].Name;
        Expectation expectation = new(Given, explanation);
        foreach (EngineKind engine in new[] { EngineKind.Looped, EngineKind.Generated, EngineKind.Unrolled })
        {
            Run run = Load(engine).Explain(explanation, Given.Input(), Target);
            expectation.Check(run);
            AssertLedgerCloses(run);
            double[] left = run.Layers[Network.Layers[layer].Name].Relevance;
            int pixels = Network.Outputs()[layer].Stride(0);
            Assert.All(left.Index(), r => Assert.True(r.Item == 0 || r.Index / pixels is 1 or 3));
        }
    }

    /// <summary>
    /// Relevance is linear in that of a layer's output, so what flows through each of the channels adds up to what flows through all. Layer 3
    /// is left out, since the rest flows round it.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(10)]
    public void ChannelsAddUpToTheWhole(int layer)
    {
        INetwork network = LoadGenerated();
        MaskedCalls<float> calls = new(network, Masked[layer].Name);
        double[] sum = new double[network.InputSize];
        for (int channel = 0; channel < Network.Outputs()[layer][0]; channel++)
        {
            float[] part = calls.ExplainInArray(Given.Input(), Target, [channel]);
            sum = [.. sum.Zip(part, (total, r) => total + r)];
        }

        Numbers.AssertClose(Explain(network, Whole), sum, 1e-5, Masked[layer].Name);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void WithoutChannelsAllFlowOn(int layer)
    {
        INetwork network = LoadGenerated();
        Numbers.AssertClose(Explain(network, Whole), Explain(network, Masked[layer]), 1e-6, Masked[layer].Name);
    }

    [Fact]
    public void WarmCallsAllocateNothingAndRepeatedChannelsCountOnce()
    {
        MaskedCalls<float> calls = new(LoadGenerated(), Masked[3].Name);
        float[] input = Given.Input();
        float[] once = new float[input.Length];
        float[] repeated = new float[input.Length];
        Call();
        Call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(once, repeated);

        void Call()
        {
            calls.Explain(input, Target, [1, 3], once);
            calls.Explain(input, Target, [3, 1, 3], repeated);
        }
    }

    [Theory]
    [InlineData("0 are given")]
    [InlineData("0 to 4", 5)]
    [InlineData("0 to 4", 0, -1)]
    public void BadChannelsAreRefused(string message, params int[] channels)
    {
        MaskedCalls<float> calls = new(LoadGenerated(), Masked[3].Name);
        Refused(() => calls.Explain(Given.Input(), Target, channels, new float[72]));
        Refused(() => calls.ExplainInArray(Given.Input(), Target, channels));
        Refused(() => calls.Trace(Given.Input(), Target, channels));

        void Refused(Action call)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal("channels", exception.ParamName);
            Assert.Contains("layer '3'", exception.Message, StringComparison.Ordinal);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>What the mask stops is dropped at its layer.</summary>
    private static void AssertLedgerCloses(Run run)
    {
        double absorbed = run.Ledger.Sum(row => row.Bias + row.Stabilizer + row.Dropped);
        double rounding = 1e-5 * run.Layers.Values.Max(layer => layer.Relevance.Sum(Math.Abs));
        Assert.Equal(run.Ledger[^1].Output, run.Relevance.Sum() + absorbed, rounding);
    }

    private static IEngineNetwork Load(EngineKind engine) => Library.Load(engine, "Net0", Given.Network.ToTensors(Given.Weights()));

    private static INetwork LoadGenerated() => Library.LoadGenerated(EngineKind.Generated, "Net0", Given.Network.ToTensors(Given.Weights()));

    private static double[] Explain(INetwork network, ExplanationSpec explanation)
    {
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation.Name, Given.Input(), Target, relevance);
        return relevance.ToDoubles();
    }
}
