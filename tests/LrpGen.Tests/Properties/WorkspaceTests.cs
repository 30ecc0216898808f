using System.Reflection;
using LrpGen.Execution;
using LrpGen.Tests.Conformance;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>The memory that the description names is what calls need: they use all of it, nothing of what was in it, and nothing beyond it.</summary>
public sealed class WorkspaceTests
{
    private static readonly string[] Conforming = ["cnn_batchnorm", "conv1d", "mlp", "resnet_mini", "fire_mini"];

    private static readonly Dictionary<string, RandomCase> Others = new()
    {
        ["Widths"] = new(
            NetworkSpec.Sequential(
                Shape.Of(20),
                new Linear(100),
                new ReLU(),
                new Linear(52),
                new ReLU(),
                new Linear(9)),
            [Presets.Get("EpsilonPlusFlat"), Presets.Get("EpsilonAlpha2Beta1")],
            Seed: 3),
        ["Groups"] = new(
            NetworkSpec.Sequential(
                Shape.Of(3, 6, 6),
                new Conv2d(20, 3),
                new ReLU(),
                new Conv2d(20, 3) { Groups = 2 },
                new ReLU(),
                new Flatten(),
                new Linear(5)),
            [Presets.Get("EpsilonPlusFlat"), Presets.Get("EpsilonGammaBox", -1, 1), Presets.Get("Gradient")],
            Seed: 5),

        // 18 tiles, three whole groups: spare ones would be left as they are.
        ["Tiles"] = new(
            NetworkSpec.Sequential(
                Shape.Of(3, 12, 24),
                new Conv2d(40, 3) { Padding = 1 },
                new ReLU(),
                new Conv2d(36, 3) { Padding = 1 },
                new ReLU(),
                new Conv2d(36, 3) { Groups = 36 },
                new Conv2d(24, 3) { Stride = 2, Groups = 4 },
                new MaxPool2d(2) { Stride = 1 },
                new BatchNorm2d(),
                new Flatten(),
                new Linear(5)),
            [Presets.Get("EpsilonPlusFlat"), Presets.Get("EpsilonGammaBox", -1, 1)],
            Seed: 4),
    };

    private static readonly string[] Names = [.. Conforming, .. Others.Keys];

    /// <summary>Bytes of a workspace besides its floats: an array and an object, aligned to 64 bytes.</summary>
    private const int Overhead = 192;

    private static readonly NetworkLibrary Library = new(
        [
            .. Conforming.Select(name => ConformanceCase.All[name].Declaration),
            .. Others.Select(other => new Declaration(other.Key, other.Value.Network, other.Value.Explanations)),
        ]);

    private const int Few = 2;

    private const int Many = 128;

    private static readonly NetworkLibrary Sequences = new(
        new[] { Few, Many }.Select(tokens => new Declaration($"Of{tokens}", Decoder(tokens).Network, Decoder(tokens).Explanations)));

    public static TheoryData<string, EngineKind> NamesAndEngines()
    {
        TheoryData<string, EngineKind> data = [];
        foreach (string name in Names)
        {
            foreach (EngineKind engine in new[] { EngineKind.Looped, EngineKind.Generated, EngineKind.Unrolled })
            {
                data.Add(name, engine);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void CallsUseAllOfTheirMemoryAndNothingElse(string name, EngineKind engine)
    {
        (INetwork network, float[] input) = Load(name, engine);
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        AssertUses(network, network.Description.WorkspaceBytes, output, result => network.Forward(input, result));
        foreach (ExplanationDescription explanation in network.Description.Explanations)
        {
            float[] relevance = new float[2 * network.InputSize];
            ExplainBoth(relevance);
            AssertUses(network, explanation.Bytes, relevance, ExplainBoth);

            // Both starts, of which either may need more.
            void ExplainBoth(float[] result)
            {
                network.Explain(explanation.Name, input, 0, result.AsSpan(0, network.InputSize));
                network.Explain(explanation.Name, input, output, result.AsSpan(network.InputSize));
            }
        }
    }

    /// <summary>A first call allocates the workspace of the network, which is as large as the largest that a program needs.</summary>
    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void FirstCallAllocatesWhatTheDescriptionSays(string name, EngineKind engine)
    {
        (INetwork warm, float[] input) = Load(name, engine);
        float[] output = new float[warm.OutputSize];
        warm.Forward(input, output);
        INetwork network = Load(name, engine).Network;
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Forward(input, output);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long described = network.Description.Explanations.Select(explanation => explanation.Bytes).Append(network.Description.WorkspaceBytes).Max();
        Assert.InRange(allocated, described, described + Overhead);
    }

    /// <summary>What loading keeps in buffers is what the description says.</summary>
    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void LoadingKeepsWhatTheDescriptionSays(string name, EngineKind kind)
    {
        INetwork network = Load(name, kind).Network;
        object engine = FieldOf<object>(network, "engine");
        IEnumerable<AlignedBuffer> buffers = engine.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(engine))
            .OfType<AlignedBuffer>();
        Assert.Equal(network.Description.WeightBytes, buffers.Sum(buffer => buffer.Span.Length * (long)sizeof(float)));
    }

    /// <summary>A procedure works in a workspace of the network, and in one of its own.</summary>
    [Theory]
    [InlineData("IntegratedGradients")]
    [InlineData("SmoothGrad")]
    [InlineData("Occlusion")]
    [InlineData("TaylorDecomposition")]
    public void FirstCallUnderAProcedureAllocatesWhatTheDescriptionSays(string procedure)
    {
        ConformanceCase given = ConformanceCase.All["conv1d"];
        NetworkLibrary library = new(new Declaration("Net", given.Network, Presets.Get(procedure)));
        using TensorFile weights = given.OpenWeights();
        float[] input = given.Input(0);
        float[] relevance = new float[input.Length];
        Explain(library.LoadGenerated(EngineKind.Generated, "Net", weights));
        INetwork network = library.LoadGenerated(EngineKind.Generated, "Net", weights);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Explain(network);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long described = network.Description.Explanations.Single().Bytes;
        Assert.InRange(allocated, described, described + (2 * Overhead));

        void Explain(INetwork network) => network.Explain(procedure, input, given.Targets[0], relevance);
    }

    /// <summary>
    /// A call of 2 tokens in a network of 128 writes about as many values as in one of 2, whose tensors only lie otherwise. A layer that computed all
    /// rows would write 126 times 8 values more, at least.
    /// </summary>
    [Theory]
    [InlineData("CPLRP")]
    [InlineData("AttnLRP")]
    [InlineData("InputTimesGradient")]
    public void FewTokensAreTheWorkOfFew(string explanation)
    {
        int ofFew = WrittenBy(most: Few, Few);
        Assert.InRange(WrittenBy(most: Many, Few), 1, ofFew + ((Many - Few) * 8));

        int WrittenBy(int most, int tokens)
        {
            RandomCase given = Decoder(most);
            ITokenNetwork network = (ITokenNetwork)Sequences.LoadAny(EngineKind.Generated, $"Of{most}", given.Network.ToTensors(given.Weights()));
            int[] ids = [.. Enumerable.Range(0, tokens).Select(token => token % 30)];
            float[] relevance = new float[tokens];
            network.Explain(explanation, ids, 1, relevance);
            TeamPool pool = PoolOf(network);
            Team team = pool.Rent();
            team.Workspace.Fill(float.NaN);
            pool.Return(team);
            network.Explain(explanation, ids, 1, relevance);
            return team.Workspace.Length - team.Workspace.Count(float.NaN);
        }
    }

    /// <summary>Runs a call in a workspace full of NaN, with NaN around it.</summary>
    private static void AssertUses(INetwork network, long bytes, float[] expected, Action<float[]> call)
    {
        TeamPool pool = PoolOf(network);
        Team team = pool.Rent();
        float[] memory = FieldOf<float[]>(FieldOf<AlignedBuffer>(team, "workspace"), "array");
        memory.AsSpan().Fill(float.NaN);
        pool.Return(team);

        float[] result = new float[expected.Length];
        call(result);
        Assert.Equal(expected, result);
        memory.AsSpan().Overlaps(team.Workspace, out int start);
        Assert.All(memory[..start].Concat(memory[(start + team.Workspace.Length)..]), value => Assert.Equal(float.NaN, value));
        int used = memory.AsSpan().LastIndexOfAnyExcept(float.NaN) + 1 - start;
        Assert.InRange(used, (bytes / sizeof(float)) - 15, bytes / sizeof(float)); // tensors end at a multiple of 8, workspaces of 16
    }

    private static RandomCase Decoder(int tokens) => new(
        new NetworkSpec(Shape.Of(tokens, 1), []) { IsVariable = true }.Then(
            new Embedding(30, 24),
            new MultiheadAttention(3) { Causal = true },
            new Add { Inputs = ["0", "1"] },
            new LayerNorm(),
            new LSTM(20),
            new Linear(48),
            new GELU(),
            new Linear(24),
            new Add { Inputs = ["3", "7"] },
            new RMSNorm(),
            new Linear(9)),
        [Presets.Get("CPLRP"), Presets.Get("AttnLRP"), Presets.Get("InputTimesGradient")],
        Seed: 6);

    private static (INetwork Network, float[] Input) Load(string name, EngineKind engine)
    {
        if (Others.TryGetValue(name, out RandomCase? other))
        {
            return (Library.LoadGenerated(engine, name, other.Network.ToTensors(other.Weights())), other.Input());
        }

        ConformanceCase given = ConformanceCase.All[name];
        using TensorFile weights = given.OpenWeights();
        return (Library.LoadGenerated(engine, given.ClassName, weights), given.Input(0));
    }

    private static TeamPool PoolOf(object network) => FieldOf<TeamPool>(FieldOf<object>(network, "engine"), "teams");

    private static T FieldOf<T>(object owner, string name) =>
        (T)owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;
}
