using LrpGen.Execution;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Procedures;

/// <summary>Procedures over tokens do on the rows that are looked up what their formulas say in float64; a token gets the sum over its features.</summary>
public sealed class TokenProcedureTests
{
    private const int Features = 6;
    private const int Known = 9;
    private const int Steps = 40;
    private const int Baseline = 5;

    private static readonly int[] Ids = [3, 0, 8, 3, 5, 1, 7];

    /// <summary>What comes behind the embedding.</summary>
    private static readonly LayerSpec[] Layers =
    [
        new MultiheadAttention(2) { Name = "attention" },
        new LayerNorm { Name = "norm" },
        new Tanh { Name = "tanh" },
        new Mean { Name = "mean" },
        new Linear(3) { Name = "head" },
    ];

    private static readonly ExplanationSpec Gradient = Presets.Get("Gradient");

    private static readonly Declaration Declaration = new(
        "Tokens",
        new NetworkSpec(Shape.Of(12, 1), [new Embedding(Known, Features) { Name = "words" }, .. Layers]) { IsVariable = true },
        Presets.Get("IntegratedGradients") with { Procedure = new AlongPathSpec(Steps, Baseline) },
        Presets.Get("SmoothGrad") with { Procedure = new WithNoiseSpec(8, 0.1, RandomSeed: 4) },
        Presets.Get("Occlusion") with { Procedure = new OccludeSpec(3, 2, Baseline) },
        new ExplanationSpec("NoisyEpsilon", new RuleSpec("Epsilon", 1e-6)) { Procedure = new WithNoiseSpec(4, 0.05), TimesInput = true });

    private static readonly NetworkLibrary Library = new(Declaration) { IsStrict = true };

    [Fact]
    public void IntegratedGradientsRunFromRowsToRows()
    {
        ITokenNetwork network = Load();
        double[] expected = AlongPath(Ids, [.. Ids.Select(_ => Baseline)], target: 1);
        AssertClose(expected, Explain(network, "IntegratedGradients", Ids, 1));
        Completeness sum = network.Trace("IntegratedGradients", Ids, 1).Completeness!;
        Assert.Equal(Outputs(Ids)[1], sum.Value, 1e-5);
        Assert.Equal(Outputs([.. Ids.Select(_ => Baseline)])[1], sum.ReferenceValue, 1e-5);

        // The trapezoidal rule errs by the square of a step.
        Assert.Equal(sum.Value - sum.ReferenceValue, sum.RelevanceSum, 1e-4);
    }

    [Fact]
    public void CallsGiveBaselinesOfTheirOwn()
    {
        RelativeCall explain = Relative(Load());
        int[] baseline = [0, 1, 2, 3, 4, 5, 6];
        float[] relevance = new float[7];
        explain(Ids, 2, baseline, relevance);
        AssertClose(AlongPath(Ids, baseline, target: 2), relevance);
        Assert.StartsWith(
            "Expected 7 values, but 6 are given.",
            Assert.Throws<ArgumentException>("baseline", () => explain(Ids, 2, baseline[1..], relevance)).Message);
        Assert.StartsWith(
            "Expected token ids from 0 to 8, but the one at index 6 is 9.",
            Assert.Throws<ArgumentException>("baseline", () => explain(Ids, 2, [.. baseline[..6], 9], relevance)).Message);
    }

    [Fact]
    public void OcclusionPutsATokenInWindows()
    {
        double whole = Outputs(Ids)[0];
        double[] sums = new double[7];
        double[] covered = new double[7];
        foreach (int start in new[] { 0, 2, 4 })
        {
            double drop = whole - Outputs([.. Ids.Select((id, i) => i >= start && i < start + 3 ? Baseline : id)])[0];
            for (int i = start; i < start + 3; i++)
            {
                sums[i] += drop;
                covered[i]++;
            }
        }

        AssertClose([.. sums.Zip(covered, (sum, count) => sum / count)], Explain(Load(), "Occlusion", Ids, 0));
        AssertClose([Outputs(Ids[..1])[0] - Outputs([Baseline])[0]], Explain(Load(), "Occlusion", Ids[..1], 0));
    }

    [Theory]
    [InlineData("SmoothGrad", 8, 0.1, 4)]
    [InlineData("NoisyEpsilon", 4, 0.05, 0)]
    public void NoiseIsOnTheRows(string name, int samples, double noise, int seed)
    {
        ExplanationSpec explanation = Declaration.Explanations.Single(explanation => explanation.Name == name);
        double[] rows = Rows(Ids);
        double σ = noise * (rows.Max() - rows.Min());
        double[] sum = new double[rows.Length];
        for (int n = 0; n < samples; n++)
        {
            float[] deviates = new float[rows.Length];
            NormalDeviates.Fill(seed, n, deviates);
            double[] there = Interpreter(Ids.Length)
                .Explain(explanation, [.. rows.Zip(deviates, (x, ξ) => x + (σ * ξ))], target: 2).InputRelevance;
            sum = [.. sum.Zip(there, (total, r) => total + (r / samples))];
        }

        AssertClose(OfTokens(sum), Explain(Load(), name, Ids, 2));
    }

    [Fact]
    public void ObjectivesGoWithThem()
    {
        ITokenNetwork network = Load();
        float[] relevance = new float[7];
        network.Explain("IntegratedGradients", Ids, Objective.Difference(0, 2), relevance);
        double[] expected = [.. AlongPath(Ids, [.. Ids.Select(_ => Baseline)], 0).Zip(AlongPath(Ids, [.. Ids.Select(_ => Baseline)], 2), (a, b) => a - b)];
        AssertClose(expected, relevance);
    }

    private delegate void RelativeCall(ReadOnlySpan<int> input, int target, ReadOnlySpan<int> baseline, Span<float> relevance);

    private static RelativeCall Relative(ITokenNetwork network) => network.GetType()
        .GetMethod(
            "ExplainIntegratedGradients", [typeof(ReadOnlySpan<int>), typeof(int), typeof(ReadOnlySpan<int>), typeof(Span<float>)])!
        .CreateDelegate<RelativeCall>(network);

    private static double[] AlongPath(int[] ids, int[] baseline, int target)
    {
        double[] end = Rows(ids);
        double[] start = Rows(baseline);
        double[] sum = new double[end.Length];
        for (int k = 0; k <= Steps; k++)
        {
            double[] point = [.. start.Zip(end, (from, to) => from + (k * (to - from) / Steps))];
            double[] gradient = Interpreter(ids.Length).Explain(Gradient, point, target).InputRelevance;
            double weight = k is 0 or Steps ? 0.5 : 1;
            sum = [.. sum.Zip(gradient, (total, r) => total + (weight * r / Steps))];
        }

        return OfTokens([.. sum.Select((mean, i) => mean * (end[i] - start[i]))]);
    }

    private static double[] OfTokens(double[] relevance) => [.. relevance.Chunk(Features).Select(features => features.Sum())];

    private static double[] Outputs(int[] ids) => Interpreter(ids.Length).Forward(Rows(ids))[^1];

    private static double[] Rows(int[] ids)
    {
        float[] table = Weights()["words.weight"];
        return [.. ids.SelectMany(id => table[(id * Features)..((id + 1) * Features)]).Select(value => (double)value)];
    }

    private static Interpreter Interpreter(int tokens) => new(
        new NetworkSpec(Shape.Of(tokens, Features), Layers),
        Weights().ToDictionary(weight => weight.Key, weight => Array.ConvertAll(weight.Value, value => (double)value)));

    private static float[] Explain(ITokenNetwork network, string explanation, int[] ids, int target)
    {
        float[] relevance = new float[ids.Length];
        network.Explain(explanation, ids, target, relevance);
        return relevance;
    }

    private static void AssertClose(double[] expected, float[] actual) =>
        Numbers.AssertClose(expected, Array.ConvertAll(actual, value => (double)value), 5e-6, "tokens");

    private static ITokenNetwork Load() =>
        (ITokenNetwork)Library.LoadAny(EngineKind.Generated, Declaration.Name, Declaration.Network.ToTensors(Weights()));

    private static Dictionary<string, float[]> Weights()
    {
        Random random = new(7);
        return Declaration.Network.Tensors().ToDictionary(
            tensor => tensor.Name, tensor => Enumerable.Range(0, tensor.Shape.Size).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray());
    }
}
