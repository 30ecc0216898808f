using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>
/// A network of tokens does what the same layers do on the rows that its embedding looks up, to the bit; a token's relevance is the sum over its
/// row's.
/// </summary>
public sealed class TokenTests
{
    private const int Features = 6;
    private const int Known = 9;

    private const string Layers =
        "[LayerNorm(Name = \"norm\")] [Linear(20, Name = \"inner\")] [ReLU] [Linear(18, Name = \"last\")] [Mean] [Linear(3, Name = \"head\")]";

    private const string Explanations =
        "[Explain<CPLRP>] [Explain<EpsilonPlusFlat>] [Explain<Gradient>] [Explain<InputTimesGradient>] [Explain<AttnLRP>(Mask = \"norm\")]";

    private static readonly Lazy<Assembly> Compiled = new(() => Compiler.Load(
        "0",
        $"""
        using LrpGen;
        namespace Declared;
        [Network(Tokens = 12)] [Embedding({Known}, {Features}, Name = "words")] {Layers} {Explanations}
        public sealed partial class Tokens;
        [Network(12, {Features}, Variable = true)] {Layers} {Explanations}
        public sealed partial class Rows;
        [Network(Tokens = 1)] [Embedding({Known}, {Features}, Name = "words")] {Layers} {Explanations} [Explain<IntegratedGradients>]
        public sealed partial class OneToken;
        """));

    public static TheoryData<string> Names => ["CPLRP", "EpsilonPlusFlat", "Gradient", "InputTimesGradient"];

    [Theory]
    [MemberData(nameof(Names))]
    public void RelevanceOfATokenIsTheSumOverItsFeatures(string explanation)
    {
        ITokenNetwork tokens = Load();
        INetwork rows = (INetwork)Load("Rows", Weights());
        int[] ids = [3, 0, 8, 3, 5];
        float[] input = [.. ids.SelectMany(id => Row(id))];
        float[] expected = new float[input.Length];
        rows.Explain(explanation, input, 1, expected);
        float[] relevance = new float[ids.Length];
        tokens.Explain(explanation, ids, 1, relevance);
        for (int token = 0; token < ids.Length; token++)
        {
            // Behind a normalisation the features of a gradient cancel, but for rounding.
            float[] features = expected[(token * Features)..((token + 1) * Features)];
            Assert.Equal(features.Sum(value => (double)value), relevance[token], 1e-6 * features.Sum(Math.Abs));
        }

        Explanation trace = tokens.Trace(explanation, ids, 1);
        Assert.Equal(input, trace["words"].Activation.ToArray());
        Assert.Equal(Output(rows, input), trace["head"].Activation.ToArray());
        Assert.Equal(relevance, trace.Relevance.ToArray());
        Assert.All(trace.Ledger!.Rows, row => Assert.Equal(0, row.Residual, 1e-5));
        Assert.Equal(expected, trace["words"].Relevance.ToArray());
    }

    [Fact]
    public void SamplesOfABatchHaveLengthsOfTheirOwn()
    {
        ITokenNetwork network = Load();
        int[][] samples = [[1], [2, 3, 4], [.. Enumerable.Repeat(8, 12)]];
        float[][] outputs = [.. samples.Select(_ => new float[3])];
        float[][] relevances = [.. samples.Select(sample => new float[sample.Length])];
        network.ForwardBatch([.. samples.Select(sample => sample.AsMemory())], [.. outputs.Select(output => output.AsMemory())]);
        network.ExplainBatch(
            "CPLRP",
            [.. samples.Select(sample => sample.AsMemory())],
            new[] { 0, 1, 2 },
            [.. relevances.Select(relevance => relevance.AsMemory())]);
        for (int sample = 0; sample < samples.Length; sample++)
        {
            float[] output = new float[3];
            network.Forward(samples[sample], output);
            Assert.Equal(output, outputs[sample]);
            float[] relevance = new float[samples[sample].Length];
            network.Explain("CPLRP", samples[sample], sample, relevance);
            Assert.Equal(relevance, relevances[sample]);
        }
    }

    /// <summary>A network of at most one token has the members of any other network of tokens.</summary>
    [Fact]
    public void ThereMayBeOneTokenOnly()
    {
        ITokenNetwork network = (ITokenNetwork)Load("OneToken", Weights());
        foreach (string explanation in network.Explanations)
        {
            float[] relevance = new float[1];
            float[] ofBatch = new float[1];
            network.Explain(explanation, [7], 1, relevance);
            network.ExplainBatch(explanation, [new[] { 7 }], new[] { 1 }, [ofBatch]);
            Assert.Equal(relevance, ofBatch);
        }
    }

    [Fact]
    public void BatchesNameTheSample()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() =>
            Load().ForwardBatch([new[] { 1 }, new[] { 2, 9 }], [new float[3], new float[3]], maxDegreeOfParallelism: 1));
        Assert.StartsWith("Sample 1: Expected token ids from 0 to 8, but the one at index 1 is 9.", failure.Message);
        failure = Assert.Throws<ArgumentException>("outputs", () => Load().ForwardBatch([new[] { 1 }], []));
        Assert.StartsWith("Expected one for each of 1 samples, but 0 are given.", failure.Message);
    }

    [Theory]
    [InlineData("Expected 1 to 12 tokens, but 0 are given.")]
    [InlineData("Expected 1 to 12 tokens, but 13 are given.", 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3)]
    [InlineData("Expected token ids from 0 to 8, but the one at index 2 is -1.", 0, 1, -1)]
    public void OtherTokensAreRefused(string message, params int[] ids) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("input", () => Load().Forward(ids, new float[3])).Message);

    [Fact]
    public void ANumberBeyondFloatNamesTheLayer()
    {
        TensorDictionary weights = new();
        foreach (string name in Weights().Names)
        {
            Weights().TryGetShape(name, out IReadOnlyList<long>? shape);
            float scale = name.StartsWith("inner", StringComparison.Ordinal) ? 1e38f : 1;
            weights.Add(name, shape!, Array.ConvertAll(Weights().Read(name), value => value * scale));
        }

        ITokenNetwork network = (ITokenNetwork)Load("Tokens", weights);
        string message = Assert.Throws<NotFiniteNumberException>(() => network.Forward([1, 2], new float[3])).Message;
        Assert.StartsWith("Layer 'last' gives ", message);
    }

    private static float[] Output(INetwork network, float[] input)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        return output;
    }

    private static ITokenNetwork Load() => (ITokenNetwork)Load("Tokens", Weights());

    private static object Load(string name, TensorDictionary weights) => NetworkLibrary.LoadAny(
        Compiled.Value, name, NetworkLibrary.DescriptionOf(Compiled.Value, name).Fill((tensor, _) => weights.Read(tensor.Name)));

    private static TensorDictionary Weights()
    {
        TensorDictionary weights = new();
        weights.Add("words.weight", [Known, Features], Enumerable.Range(0, Known).SelectMany(Row).ToArray());
        foreach ((string name, int outputs, int inputs) in new[] { ("inner", 20, Features), ("last", 18, 20), ("head", 3, 18) })
        {
            weights.Add($"{name}.weight", [outputs, inputs], Tensors.Random(outputs * inputs, outputs));
            weights.Add($"{name}.bias", [outputs], Tensors.Random(outputs, inputs));
        }

        weights.Add("norm.weight", [Features], Tensors.Random(Features, 1));
        weights.Add("norm.bias", [Features], Tensors.Random(Features, 2));
        return weights;
    }

    private static float[] Row(int id) => Tensors.Random(Features, 100 + id);
}
