using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Execution;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Calls that several threads share: the same bits whatever their number, no allocation, any number of callers.</summary>
[Collection(nameof(TeamTests))]
public sealed class ThreadTests
{
    /// <summary>A layer of 6 million multiply-adds, which is shared, and behind it whatever is shared in another way.</summary>
    private static readonly NetworkSpec Network = NetworkSpec.Sequential(
        Shape.Of(3, 24, 22),
        new Conv2d(32, 3) { Padding = 1 }, // reads few channels
        new BatchNorm2d(),
        new ReLU(),
        new Conv2d(40, 3) { Padding = 1 }, // in tiles
        new ReLU(),
        new MaxPool2d(3) { Stride = 2, Padding = 1 },
        new Conv2d(40, 3) { Padding = 1, Groups = 40 },
        new GELU(),
        new Add { Inputs = ["5", "7"] },
        new AvgPool2d(3) { Stride = 1, Padding = 1 },
        new BatchNorm2d(),
        new Conv2d(48, 3) { Padding = 1, Stride = 2, Groups = 4 },
        new Conv2d(24, 1) { Stride = 2, Inputs = ["8"] },
        new Concat { Inputs = ["11", "12"] },
        new ReLU(),
        new AdaptiveAvgPool2d(4),
        new Flatten(),
        new Linear(70),
        new Softmax(),
        new Linear(40),
        new ReLU(),
        new Linear(5));

    private static readonly RandomCase Given = new(
        Network,
        [
            new("Epsilon", new RuleSpec("Epsilon", 0.01)),
            Presets.Get("EpsilonPlusFlat"),
            Presets.Get("EpsilonGammaBox", -1, 1),
            Presets.Get("EpsilonAlpha2Beta1"),
            new("WSquare", new RuleSpec("WSquare")),
            Presets.Get("GuidedBackprop"),
            new("InputTimesGradient", new RuleSpec("Derivative")) { TimesInput = true, Seed = Seed.SoftmaxGradient },
            new("Masked", new RuleSpec("ZPlus")) { Mask = "8", Channels = [1, 17, 39] },
            Presets.Get("SmoothGrad") with { Procedure = new WithNoiseSpec(2, 0.1) },
        ],
        Seed: 11);

    /// <summary>Rows of features and images of them, with layers that move, broadcast, normalise and widen what is shared.</summary>
    private static readonly RandomCase Rows = new(
        NetworkSpec.Sequential(
            Shape.Of(64, 96),
            new LayerNorm(),
            new Linear(200),
            new GELU(),
            new Linear(96),
            new Add { Inputs = ["input", "3"] },
            new Transpose(),
            new Linear(64),
            new Mean(),
            new Hardsigmoid(),
            new Multiply { Inputs = ["6", "8"] },
            new Reshape(96, 8, 8),
            new GroupNorm(6),
            new ConvTranspose2d(20, 3) { Stride = 2, Padding = 1, OutputPadding = 1 },
            new PReLU(),
            new Upsample(2) { Bilinear = true },
            new ReflectionPad2d(1, 0, 2, 1),
            new Narrow(1, 32, 1),
            new LayerScale(),
            new AdaptiveMaxPool2d(new(8, 4)),
            new Permute(1, 2, 0),
            new RMSNorm(),
            new Softmax(1),
            new Normalize(),
            new Max(),
            new Concat(-1) { Inputs = ["23", "23"] },
            new ZeroPad2d(1, 0, 0, 1) { Inputs = ["22"] },
            new ChannelShuffle(4),
            new PixelShuffle(2),
            new Flatten(),
            new Linear(7),
            new Flatten { Inputs = ["24"] },
            new Linear(7),
            new Add { Inputs = ["29", "31"] }),
        [
            Presets.Get("CPLRP"),
            Presets.Get("AttnLRP"),
            Presets.Get("GammaCPLRP"),
            Presets.Get("InputTimesGradient"),
            new("Plus", new RuleSpec("ZPlus") { On = LayerKinds.All & ~(LayerKinds.Normalization | LayerKinds.Activation | LayerKinds.Multiply) }),
        ],
        Seed: 5);

    private static readonly NetworkLibrary Library = new(
        Given.Declare(0),
        new Declaration("Rows", Rows.Network, Rows.Explanations),
        new Declaration("Small", NetworkSpec.Sequential(Shape.Of(4), new Linear(3))));

    private static readonly float[] Input = Given.Input();

    private static readonly Lazy<INetwork> Alone = new(() => Load("Net0", Given.Network.ToTensors(Given.Weights())));

    private static readonly Lazy<float[][]> Expected = new(() => Results(Alone.Value));

    public static readonly TheoryData<int> Threads = [1, 2, 3, 5];

    [Theory]
    [MemberData(nameof(Threads))]
    public void AnyNumberOfThreadsGivesTheSameBits(int threads)
    {
        INetwork network = Alone.Value.WithThreads(threads);
        Assert.NotSame(Alone.Value, network);

        // Again and again, because what threads do to each other is not the same each time.
        for (int repetition = 0; repetition < 5; repetition++)
        {
            Assert.Equal(Expected.Value, Results(network));
        }
    }

    /// <summary>What is compared is made of numbers, and the right ones: those of the interpreter are next to them.</summary>
    [Theory]
    [InlineData("EpsilonPlusFlat")]
    [InlineData("EpsilonAlpha2Beta1")]
    public void TheBitsAreRight(string explanation) =>
        new Expectation(Given, explanation).Check(
            new GeneratedNetwork(Alone.Value.WithThreads(2), Given.Declare(0)).Explain(explanation, Input, Given.Target));

    [Theory]
    [MemberData(nameof(Threads))]
    public void AnyNumberOfThreadsGivesTheSameBitsOfRows(int threads)
    {
        INetwork alone = Load("Rows", Rows.Network.ToTensors(Rows.Weights()));
        INetwork network = alone.WithThreads(threads);
        Assert.NotSame(alone, network);
        foreach (string name in network.Explanations)
        {
            float[] expected = Explain(alone, name);
            Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(expected, Explain(network, name)));
        }

        static float[] Explain(INetwork network, string name)
        {
            float[] relevance = new float[network.InputSize];
            network.Explain(name, Rows.Input(), Rows.Target, relevance);
            return relevance;
        }
    }

    public static TheoryData<string> ExplanationsOfRows => [.. Rows.Explanations.Select(explanation => explanation.Name)];

    [Theory]
    [MemberData(nameof(ExplanationsOfRows))]
    public void TheBitsOfRowsAreRight(string explanation)
    {
        INetwork network = Load("Rows", Rows.Network.ToTensors(Rows.Weights())).WithThreads(2);
        GeneratedNetwork generated = new(network, new("Rows", Rows.Network, Rows.Explanations));
        new Expectation(Rows, explanation).Check(generated.Explain(explanation, Rows.Input(), Rows.Target));
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void TracesAreThoseOfOneThread(int threads)
    {
        INetwork network = Alone.Value.WithThreads(threads);
        foreach (string name in network.Explanations.Where(name => name != "SmoothGrad"))
        {
            Explanation expected = Alone.Value.Trace(name, Input, 1);
            Explanation trace = network.Trace(name, Input, 1);
            Assert.Equal(expected.Output.ToArray(), trace.Output.ToArray());
            Assert.Equal(expected.Relevance.ToArray(), trace.Relevance.ToArray());
            Assert.Equal(expected.Ledger!.Rows, trace.Ledger!.Rows);
            Assert.All(expected.Layers.Zip(trace.Layers), layer =>
            {
                Assert.Equal(layer.First.Activation.ToArray(), layer.Second.Activation.ToArray());
                Assert.Equal(layer.First.Relevance.ToArray(), layer.Second.Relevance.ToArray());
            });
        }
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void CallsAllocateNothing(int threads)
    {
        INetwork network = Alone.Value.WithThreads(threads);
        float[] output = new float[network.OutputSize];
        float[] relevance = new float[network.InputSize];
        AssertAllocatesNothing("Forward", () => network.Forward(Input, output));
        foreach (string name in network.Explanations)
        {
            AssertAllocatesNothing(name, () => network.Explain(name, Input, 1, relevance));
            AssertAllocatesNothing($"{name} of given relevance", () => network.Explain(name, Input, output, relevance));
        }
    }

    /// <summary>The least of several calls is 0, because the test host allocates at times, and more often the longer a call takes.</summary>
    internal static void AssertAllocatesNothing(string name, Action call)
    {
        call();
        long allocated = Enumerable.Range(0, 20).Min(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            call();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        });
        Assert.True(allocated == 0, $"{name} allocates {allocated} bytes.");
    }

    /// <summary>More callers than there are teams kept, each with an input and a target of its own.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ManyCallersGetTheBitsThatOneGets(int threads)
    {
        INetwork network = Alone.Value.WithThreads(threads);
        float[][] expected = [.. Enumerable.Range(0, 36).Select(call => Explain(Alone.Value, call))];
        float[][] together = new float[expected.Length][];
        Parallel.For(0, expected.Length, new() { MaxDegreeOfParallelism = 6 }, call => together[call] = Explain(network, call));
        Assert.Equal(expected, together);

        static float[] Explain(INetwork network, int call)
        {
            float[] input = [.. Input.Select((value, i) => value / (1 + ((call + i) % 7)))];
            float[] relevance = new float[network.InputSize];
            network.Explain(network.Explanations[call % (network.Explanations.Count - 1)], input, call % network.OutputSize, relevance);
            return relevance;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void ThereIsAtLeastOneThread(int threads)
    {
        foreach (INetwork network in new[] { Alone.Value, Small() })
        {
            Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => network.WithThreads(threads)).ParamName);
        }
    }

    /// <summary>Telling another thread would take longer than the call.</summary>
    [Fact]
    public void ASmallNetworkIsNotShared()
    {
        INetwork small = Small();
        Assert.Same(small, small.WithThreads(2));
    }

    private static INetwork Small()
    {
        TensorDictionary weights = new();
        weights.Add("0.weight", [3, 4], new float[12]);
        weights.Add("0.bias", [3], new float[3]);
        return Load("Small", weights);
    }

    private static INetwork Load(string name, ITensorSource weights) => Library.LoadGenerated(EngineKind.Generated, name, weights);

    /// <summary>The outputs, and relevances from a target and from a given relevance.</summary>
    private static float[][] Results(INetwork network)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(Input, output);
        return [output, .. network.Explanations.SelectMany(Both)];

        IEnumerable<float[]> Both(string name)
        {
            float[] ofTarget = new float[network.InputSize];
            float[] ofGiven = new float[network.InputSize];
            network.Explain(name, Input, 1, ofTarget);
            network.Explain(name, Input, output, ofGiven);
            Assert.Contains(ofTarget, value => value != 0);
            return [ofTarget, ofGiven];
        }
    }
}
