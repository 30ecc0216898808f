using LrpGen.Tests.Engine;
using LrpGen.Tests.Execution;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>
/// Calls of a decoder of tokens and of a recurrent network, large enough that threads share them: the same bits whatever their number, alone or in a
/// batch, and no allocation.
/// </summary>
[Collection(nameof(TeamTests))]
public sealed class SequenceCallTests
{
    private static readonly Dictionary<string, RandomCase> Cases = new()
    {
        ["Decoder"] = new(
            new NetworkSpec(Shape.Of(96, 1), []) { IsVariable = true }.Then(
                new Embedding(30, 104),
                new RMSNorm(),
                new Linear(96) { Bias = false },
                new RotaryEmbedding(6),
                new Linear(48) { Bias = false, Inputs = ["1"] },
                new RotaryEmbedding(3),
                new Linear(48) { Bias = false, Inputs = ["1"] },
                new ScaledDotProductAttention(6) { KeyValueHeads = 3, Causal = true, Inputs = ["3", "5", "6"] },
                new Linear(104),
                new Add { Inputs = ["0", "8"] },
                new RMSNorm(),
                new MultiheadAttention(4),
                new Add { Inputs = ["9", "11"] },
                new RMSNorm(),
                new Linear(120),
                new SiLU(),
                new Linear(120) { Inputs = ["13"] },
                new Multiply { Inputs = ["15", "16"] },
                new Linear(104),
                new Add { Inputs = ["12", "18"] },
                new Linear(30)),
            [
                Presets.Get("AttnLRP"),
                Presets.Get("CPLRP"),
                Presets.Get("InputTimesGradient"),
                Presets.Get("SmoothGrad") with { Procedure = new WithNoiseSpec(2, 0.1) },
            ],
            Seed: 3,
            Rows: 83),
        ["Recurrent"] = new(
            new NetworkSpec(Shape.Of(40, 30), []) { IsVariable = true }.Then(
                new LSTM(72) { Bidirectional = true }, new GRU(52) { Layers = 2 }, new Tanh(), new RNN(20), new Max(), new Linear(5)),
            [
                Presets.Get("CPLRP"),
                new("Plus", new RuleSpec("ZPlus")),
                Presets.Get("InputTimesGradient"),
                Presets.Get("SmoothGrad") with { Procedure = new WithNoiseSpec(2, 0.1) },
            ],
            Seed: 4,
            Rows: 37),
    };

    private static readonly NetworkLibrary Library =
        new(Cases.Select(given => new Declaration(given.Key, given.Value.Network, given.Value.Explanations)));

    public static TheoryData<string, int> NamesAndThreads()
    {
        TheoryData<string, int> data = [];
        foreach (string name in Cases.Keys)
        {
            data.Add(name, 1);
            data.Add(name, 2);
        }

        return data;
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void AnyNumberOfThreadsGivesTheSameBits(string name, int threads)
    {
        ICalls alone = Load(name);
        ICalls shared = alone.WithThreads(threads);
        Assert.NotSame(alone.Network, shared.Network);
        float[][] expected = Results(alone);

        // Again and again, because what threads do to each other is not the same each time.
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Equal(expected, Results(shared)));
    }

    /// <summary>What is compared is made of numbers, and the right ones: those of the interpreter are next to them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheBitsAreRight(string name)
    {
        string explanation = Cases[name].Explanations[0].Name;
        Declaration declaration = new(name, Cases[name].Network, Cases[name].Explanations);
        new Expectation(Cases[name], explanation).Check(
            new GeneratedNetwork(Load(name).WithThreads(2).Network, declaration).Explain(explanation, Cases[name].Input(), Cases[name].Target));
    }

    /// <summary>The whole input and a shorter one, of a network with threads of its own.</summary>
    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void ABatchGivesTheBitsThatOneCallGives(string name, int threads)
    {
        ICalls calls = Load(name).WithThreads(threads);
        foreach (string explanation in calls.Explanations)
        {
            (float[][] alone, float[][] together) = calls.AloneAndTogether(explanation, 1);
            Assert.Equal(alone, together);
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void CallsAllocateNothing(string name, int threads)
    {
        ICalls calls = Load(name).WithThreads(threads);
        float[] output = new float[calls.OutputLength];
        float[] relevance = new float[calls.InputLength];
        ThreadTests.AssertAllocatesNothing("Forward", () => calls.Forward(output));
        foreach (string explanation in calls.Explanations)
        {
            ThreadTests.AssertAllocatesNothing(explanation, () => calls.Explain(explanation, 1, relevance));
            ThreadTests.AssertAllocatesNothing($"{explanation} of given relevance", () => calls.Explain(explanation, output, relevance));
        }
    }

    /// <summary>The outputs, and relevances from a target and from a given relevance.</summary>
    private static float[][] Results(ICalls calls)
    {
        float[] output = new float[calls.OutputLength];
        calls.Forward(output);
        return [output, .. calls.Explanations.SelectMany(Both)];

        IEnumerable<float[]> Both(string explanation)
        {
            float[] ofTarget = new float[calls.InputLength];
            float[] ofGiven = new float[calls.InputLength];
            calls.Explain(explanation, 1, ofTarget);
            calls.Explain(explanation, output, ofGiven);
            Assert.Contains(ofTarget, value => value != 0);
            return [ofTarget, ofGiven];
        }
    }

    private static ICalls Load(string name)
    {
        RandomCase given = Cases[name];
        object network = Library.LoadAny(EngineKind.Generated, name, given.Network.ToTensors(given.Weights()));
        int outputs = given.Network.OfInputs(given.Input().Length).Outputs()[^1].Size;
        return network is ITokenNetwork ofTokens
            ? new Calls<int>(ofTokens, GeneratedNetwork.ToIds(given.Input()), outputs, ofTokens.WithThreads)
            : new Calls<float>((INetwork)network, given.Input(), outputs, ((INetwork)network).WithThreads);
    }

    /// <summary>Calls of a network, whatever it reads, with one input.</summary>
    private interface ICalls
    {
        object Network { get; }

        IReadOnlyList<string> Explanations { get; }

        int InputLength { get; }

        int OutputLength { get; }

        ICalls WithThreads(int threads);

        void Forward(float[] output);

        void Explain(string explanation, int target, float[] relevance);

        void Explain(string explanation, float[] outputRelevance, float[] relevance);

        /// <summary>Relevance of the input and of its first half, and once more of a batch of both.</summary>
        (float[][] Alone, float[][] Together) AloneAndTogether(string explanation, int target);
    }

    private sealed class Calls<TInput>(INetworkOf<TInput> network, TInput[] input, int outputs, Func<int, INetworkOf<TInput>> withThreads) : ICalls
        where TInput : unmanaged
    {
        public object Network => network;

        public IReadOnlyList<string> Explanations => network.Explanations;

        public int InputLength => input.Length;

        public int OutputLength => outputs;

        public ICalls WithThreads(int threads) => new Calls<TInput>(withThreads(threads), input, outputs, withThreads);

        public void Forward(float[] output) => network.Forward(input, output);

        public void Explain(string explanation, int target, float[] relevance) => network.Explain(explanation, input, target, relevance);

        public void Explain(string explanation, float[] outputRelevance, float[] relevance) =>
            network.Explain(explanation, input, outputRelevance, relevance);

        public (float[][] Alone, float[][] Together) AloneAndTogether(string explanation, int target)
        {
            TInput[][] inputs = [input, input[..(network.InputSize / 2)]];
            float[][] alone = Array.ConvertAll(inputs, one => new float[one.Length]);
            float[][] together = Array.ConvertAll(inputs, one => new float[one.Length]);
            for (int sample = 0; sample < inputs.Length; sample++)
            {
                network.Explain(explanation, inputs[sample], target, alone[sample]);
            }

            network.ExplainBatch(
                explanation,
                [.. inputs.Select(one => new ReadOnlyMemory<TInput>(one))],
                new[] { target, target },
                [.. together.Select(relevance => relevance.AsMemory())]);
            return (alone, together);
        }
    }
}
