using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Many samples at a time.</summary>
public sealed class BatchTests
{
    private const int Samples = 37;

    private static readonly RandomCase Given = new(
        NetworkSpec.Sequential(
            Shape.Of(2, 6, 5),
            new Conv2d(5, 3) { Padding = 1 },
            new ReLU(),
            new Flatten(),
            new Linear(4)),
        [
            Presets.Get("EpsilonPlusFlat"),
            Presets.Get("InputTimesGradient"),
            new("IntegratedGradients") { Preset = "IntegratedGradients" },
            new("SmoothGrad") { Preset = "SmoothGrad" },
            Presets.Get("Occlusion") with { Procedure = new OccludeSpec(3, 2) },
            Presets.Get("EpsilonPlus") with { Name = "Against", Seed = Seed.Contrastive },
            Presets.Get("EpsilonPlus") with { Name = "Softmax", Seed = Seed.SoftmaxGradient },
        ],
        Seed: 1);

    /// <summary>The same with a branch, which takes the same inputs to as many outputs.</summary>
    private static readonly RandomCase Branched = Given with
    {
        Network = new(
            Shape.Of(2, 6, 5),
            [
                new Conv2d(5, 3) { Name = "first", Padding = 1 },
                new ReLU { Name = "relu" },
                new Conv2d(5, 1) { Name = "side", Inputs = ["first"] },
                new Add { Name = "sum", Inputs = ["relu", "side"] },
                new Flatten { Name = "flat" },
                new Linear(4) { Name = "last" },
            ]),
    };

    /// <summary>f₀ = x₀ + x₁ − 1 and f₁ = x₀ + x₁ + 1, of which only the first has a root between the bounds.</summary>
    private static readonly NetworkSpec Affine = NetworkSpec.Sequential(Shape.Of(2), new Linear(2));

    private static readonly NetworkLibrary Library = new(
        new Declaration("Net", Given.Network, Given.Explanations),
        new Declaration("Branched", Branched.Network, Branched.Explanations),
        new Declaration("Affine", Affine, [Presets.Get("TaylorDecomposition", 0, 3)]));

    private static readonly INetwork Network = Load("Net", Given);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void BatchesGiveTheBitsThatSinglesGive(int degree) => AssertSameBits(Network, degree);

    [Fact]
    public void BatchesOfABranchedNetworkGiveTheBitsThatSinglesGive() => AssertSameBits(Load("Branched", Branched), degree: -1);

    private static void AssertSameBits(INetwork network, int degree)
    {
        (float[] inputs, int[] targets) = Batch(Samples);
        float[] outputs = new float[Samples * network.OutputSize];
        network.ForwardBatch(inputs, outputs, degree);
        Assert.Equal(OneByOne(network.OutputSize, (sample, output) => network.Forward(Sample(inputs, sample), output)), outputs);
        foreach (string explanation in network.Explanations)
        {
            float[] relevances = new float[inputs.Length];
            network.ExplainBatch(explanation, inputs, targets, relevances, degree);
            Assert.Equal(
                OneByOne(network.InputSize, (sample, relevance) => network.Explain(explanation, Sample(inputs, sample), targets[sample], relevance)),
                relevances);
        }
    }

    /// <summary>The loop itself allocates; samples do not, not even with far more workers asked for than workspaces are kept.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(64)]
    public void AllocationDoesNotGrowWithTheBatch(int degree)
    {
        (float[] inputs, int[] targets) = Batch(4096);
        float[] outputs = new float[targets.Length * Network.OutputSize];
        float[] relevances = new float[inputs.Length];

        // The smallest of several runs, because the runtime allocates at times.
        Assert.Equal(0, Enumerable.Range(0, 20).Min(_ => AllocatedBy(network => network.ForwardBatch(inputs, outputs, degree))));
        Assert.Equal(0, Enumerable.Range(0, 20).Min(_ => AllocatedBy(network =>
            network.ExplainBatch("EpsilonPlusFlat", inputs, targets, relevances, degree))));

        static long AllocatedBy(Action<INetwork> batch)
        {
            using MeteredNetwork network = new(Network);
            batch(network);
            return network.Allocated;
        }
    }

    [Fact]
    public void EmptyBatchIsFine()
    {
        Network.ForwardBatch(default, default);
        Network.ExplainBatch("EpsilonPlusFlat", default, default, default);
    }

    [Fact]
    public void BadBatchesAreRefusedBeforeAnythingIsComputed()
    {
        (float[] inputs, int[] targets) = Batch(3);
        float[] outputs = new float[12];
        float[] relevances = new float[180];
        AssertRefused("inputs", "sample 2 has 59", () => Network.ForwardBatch(inputs.AsMemory(1), outputs));
        AssertRefused("outputs", "Expected 12 values, 4 for each of 3 samples, but 11", () => Network.ForwardBatch(inputs, outputs.AsMemory(1)));
        AssertRefused("maxDegreeOfParallelism", "at least 1", () => Network.ForwardBatch(inputs, outputs, 0));
        AssertRefused("maxDegreeOfParallelism", "-1", () => Network.ForwardBatch(inputs, outputs, -2));
        AssertRefused("targets", "Expected 3 values, 1 for each of 3 samples, but 2", () => Explain(targets: targets[1..]));
        AssertRefused("targets", "0 to 3, for sample 1", () => Explain(targets: [0, 4, 0]));
        AssertRefused("targets", "0 to 3, for sample 2", () => Explain(targets: [0, 0, -1]));
        AssertRefused("relevances", "Expected 180 values, 60 for each of 3 samples, but 179", () => Explain(length: 179));
        AssertRefused("explanation", "'Flat'", () => Explain(explanation: "Flat"));
        inputs[127] = float.NaN;
        AssertRefused("inputs", "index 7 of sample 2 is NaN", () => Network.ForwardBatch(inputs, outputs));
        AssertRefused("inputs", "index 7 of sample 2 is NaN", () => Explain());
        Assert.All(outputs.Concat(relevances), value => Assert.Equal(0, value));

        void Explain(string explanation = "EpsilonPlusFlat", int[]? targets = null, int length = 180) =>
            Network.ExplainBatch(explanation, inputs, targets ?? [0, 1, 2], relevances.AsMemory(0, length));
    }

    [Fact]
    public void ErrorOfOneSampleIsThrownAsItIs()
    {
        float[] inputs = [.. Enumerable.Range(0, 100)];
        TimeoutException failure = Assert.Throws<TimeoutException>(() => ((INetwork)new FailingNetwork()).ForwardBatch(inputs, new float[100]));
        Assert.Equal("7", failure.Message);
    }

    /// <summary>f₀(1, 1) = 1 has the gradient (1, 1), hence the root (0.5, 0.5), and R = (0.5, 0.5).</summary>
    [Fact]
    public void ErrorOfATaylorDecompositionNamesTheSample()
    {
        TensorDictionary weights = new();
        weights.Add("0.weight", [2, 2], new float[] { 1, 1, 1, 1 });
        weights.Add("0.bias", [2], new float[] { -1, 1 });
        INetwork network = Library.LoadGenerated(EngineKind.Generated, "Affine", weights);

        float[] relevances = new float[6];
        NoRootException noRoot = Assert.Throws<NoRootException>(() => Explain([1, 1, 1, 1, 1, 1], [0, 0, 1]));
        Assert.StartsWith("Sample 2: No root was found", noRoot.Message, StringComparison.Ordinal);
        Numbers.AssertClose([0.5, 0.5, 0.5, 0.5, 0, 0], relevances.ToDoubles(), 2e-5, "relevance of the samples before");

        ArgumentException beyond = Assert.Throws<ArgumentException>(() => Explain([1, 1, 1, 5, 1, 1], [0, 0, 0]));
        Assert.StartsWith(
            "Sample 1: Expected values from 0 to 3, the explanation's bounds, but the one at index 1 is 5", beyond.Message, StringComparison.Ordinal);

        void Explain(float[] inputs, int[] targets) =>
            network.ExplainBatch("TaylorDecomposition", inputs, targets, relevances, maxDegreeOfParallelism: 1);
    }

    private static INetwork Load(string name, RandomCase given) =>
        Library.LoadGenerated(EngineKind.Generated, name, given.Network.ToTensors(given.Weights()));

    private static (float[] Inputs, int[] Targets) Batch(int samples)
    {
        float[] first = Given.Input();
        float[] inputs = [.. Enumerable.Range(0, samples).SelectMany(sample => first.Select(value => value * (1 + (sample % 7))))];
        return (inputs, [.. Enumerable.Range(0, samples).Select(sample => sample % Network.OutputSize)]);
    }

    private static ReadOnlySpan<float> Sample(float[] inputs, int sample) => inputs.AsSpan(sample * Network.InputSize, Network.InputSize);

    private static float[] OneByOne(int size, Action<int, float[]> call)
    {
        float[][] results = [.. Enumerable.Range(0, Samples).Select(_ => new float[size])];
        foreach ((int sample, float[] result) in results.Index())
        {
            call(sample, result);
        }

        return [.. results.SelectMany(result => result)];
    }

    private static void AssertRefused(string parameter, string message, Action call)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(parameter, exception.ParamName);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A network that tells what the threads of a batch allocate from their first sample on. What other threads of the process allocate meanwhile is
    /// the more the longer a batch takes.
    /// </summary>
    private sealed class MeteredNetwork(INetwork network) : INetwork, IDisposable
    {
        private readonly ThreadLocal<Meter> meters = new(() => new Meter(), trackAllValues: true);

        /// <summary>Bytes, from the first sample of each thread to its last.</summary>
        public long Allocated => meters.Values.Sum(meter => meter.End - meter.Start!.Value);

        public int InputSize => network.InputSize;

        public int OutputSize => network.OutputSize;

        public NetworkDescription Description => network.Description;

        public IReadOnlyList<string> Explanations => network.Explanations;

        public INetwork WithThreads(int threads) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<float> input, Span<float> output)
        {
            Meter meter = Start();
            network.Forward(input, output);
            meter.End = GC.GetAllocatedBytesForCurrentThread();
        }

        public void Explain(string explanation, ReadOnlySpan<float> input, int target, Span<float> relevance)
        {
            Meter meter = Start();
            network.Explain(explanation, input, target, relevance);
            meter.End = GC.GetAllocatedBytesForCurrentThread();
        }

        public void Explain(string explanation, ReadOnlySpan<float> input, ReadOnlySpan<float> outputRelevance, Span<float> relevance) =>
            throw new NotSupportedException();

        public void Explain<TObjective>(string explanation, ReadOnlySpan<float> input, TObjective objective, Span<float> relevance)
            where TObjective : IObjective, allows ref struct => throw new NotSupportedException();

        public Explanation Trace(string explanation, ReadOnlySpan<float> input, int target) => throw new NotSupportedException();

        public Explanation Trace<TObjective>(string explanation, ReadOnlySpan<float> input, TObjective objective)
            where TObjective : IObjective, allows ref struct => throw new NotSupportedException();

        public void Dispose() => meters.Dispose();

        private Meter Start()
        {
            Meter meter = meters.Value!;
            meter.Start ??= GC.GetAllocatedBytesForCurrentThread();
            return meter;
        }

        private sealed class Meter
        {
            public long? Start { get; set; }

            public long End { get; set; }
        }
    }

    /// <summary>A network of one value that fails at 7.</summary>
    private sealed class FailingNetwork : INetwork
    {
        public int InputSize => 1;

        public int OutputSize => 1;

        public NetworkDescription Description => throw new NotSupportedException();

        public IReadOnlyList<string> Explanations => [];

        public INetwork WithThreads(int threads) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<float> input, Span<float> output)
        {
            if (input[0] == 7)
            {
                throw new TimeoutException("7");
            }
        }

        public void Explain(string explanation, ReadOnlySpan<float> input, int target, Span<float> relevance) => throw new NotSupportedException();

        public void Explain(string explanation, ReadOnlySpan<float> input, ReadOnlySpan<float> outputRelevance, Span<float> relevance) =>
            throw new NotSupportedException();

        public void Explain<TObjective>(string explanation, ReadOnlySpan<float> input, TObjective objective, Span<float> relevance)
            where TObjective : IObjective, allows ref struct => throw new NotSupportedException();

        public Explanation Trace(string explanation, ReadOnlySpan<float> input, int target) => throw new NotSupportedException();

        public Explanation Trace<TObjective>(string explanation, ReadOnlySpan<float> input, TObjective objective)
            where TObjective : IObjective, allows ref struct => throw new NotSupportedException();
    }
}
