using System.Collections.Concurrent;
using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>
/// A network whose calls choose how long the input is does what one of just that length does: predictions, relevance, traces and ledgers, to the bit,
/// for no sum is taken in another order. Layers are looped in both, since only the fixed one could be unrolled; and a row alone is a vector, whose
/// products are summed otherwise.
/// </summary>
public sealed class VariableLengthTests
{
    private const int Most = 17;

    /// <summary>Compiling takes long, so a network has three of them: each is on some, with all kinds of windows and rows.</summary>
    private static readonly string[] Explanations =
        [
            "EpsilonPlusFlat", "CPLRP", "Gradient", "EpsilonGammaBox", "AttnLRP", "IntegratedGradients", "EpsilonAlpha2Beta1", "GuidedBackprop",
            "SmoothGrad",
        ];

    private static readonly Dictionary<string, (int Features, int Least, string Layers)> Networks = new()
    {
        ["Text"] = (
            6, 2,
            "[Transpose] [Conv1d(10, 3, Padding = 1)] [ReLU] [MaxPool1d(2)] [Conv1d(7, 3, Padding = 2, Stride = 2)] [ReLU] "
            + "[AdaptiveMaxPool1d(1)] [Flatten] [Linear(4)]"),
        ["EachRow"] = (5, 1, "[Linear(33)] [GELU] [Linear(3)] [Softmax]"),
        ["Rows"] = (13, 1, "[Linear(24)] [ReLU] [LayerNorm] [Linear(20, Name = \"last\")] [Mean] [Linear(5)]"),
        ["Dilated"] = (
            4, 5,
            "[Transpose] [Conv1d(8, 3, Dilation = 2)] [Tanh] [Conv1d(8, 1)] [GroupNorm(2)] [AvgPool1d(3, Stride = 1, Padding = 1)] "
            + "[AdaptiveAvgPool1d(3)] [Flatten] [Linear(2)]"),
        ["Strided"] = (
            3, 4,
            "[Transpose] [Conv1d(9, 4, Stride = 3, Padding = 1)] [BatchNorm1d] [ReLU] [ConvTranspose1d(5, 3, Stride = 2)] [Upsample(2)] "
            + "[Transpose] [RMSNorm] [Max] [Linear(3)]"),
        ["Depthwise"] = (
            6, 1,
            "[Transpose] [Conv1d(6, 3, Padding = 1, Groups = 6)] [Hardswish] [Conv1d(12, 5, Padding = 2, Groups = 3)] [ReLU] "
            + "[AvgPool1d(2, Stride = 1, Padding = 1, CountIncludePad = false)] [Mean(Dim = -1)] [Linear(3)]"),
        ["Gated"] = (
            8, 1,
            "[Linear(8, Name = \"value\")] [Linear(8, From = \"input\")] [Sigmoid(Name = \"gate\")] [Multiply(\"value\", \"gate\")] "
            + "[Add(\"3\", \"input\")] [LayerScale(Name = \"scale\")] [Select(0)] [Linear(3)]"),
        ["Context"] = (
            6, 1,
            "[Mean(Name = \"all\")] [Add(\"input\", \"all\")] [ReLU] [Concat(\"2\", \"input\", Dim = 1)] [Narrow(2, 7, Dim = 1)] "
            + "[Reshape(-1, 7, 1)] [Flatten(StartDim = 1)] [Linear(2)] [Max]"),
        ["Grouped"] = (
            8, 1,
            "[Linear(12, Name = \"q\")] [Linear(6, Name = \"k\", From = \"input\")] [Linear(10, Name = \"v\", From = \"input\")] "
            + "[ScaledDotProductAttention(\"q\", \"k\", \"v\", Heads = 4, KeyValueHeads = 2, Causal = true)] [RMSNorm] [Select(-1)] [Linear(3)]"),
        ["Attention"] = (
            6, 1,
            "[PositionEmbedding(20)] [MultiheadAttention(2, Name = \"attention\")] [Add(\"0\", \"attention\")] [LayerNorm] [Linear(9)] [GELU] [Mean] "
            + "[Linear(3)]"),
        ["Causal"] = (
            6, 1,
            "[RotaryEmbedding(1)] [MultiheadAttention(3, Causal = true, Name = \"attention\")] [Add(\"input\", \"attention\")] [RMSNorm] [MultiheadAttention(1)] [Mean] "
            + "[Linear(3)]"),
        ["Recurrent"] = (5, 1, "[LSTM(20, Bidirectional = true)] [GRU(7, Layers = 2)] [ReLU] [RNN(9, Bias = false)] [Max] [Linear(3)]"),
        ["OneQuery"] = (
            6, 1,
            "[Mean] [Reshape(1, 6, Name = \"all\")] [Linear(8, Name = \"q\")] [Linear(8, Name = \"k\", From = \"input\")] "
            + "[ScaledDotProductAttention(\"q\", \"k\", \"input\", Heads = 2)] [Flatten] [Linear(3)]"),
        ["LastRows"] = (
            6, 1,
            "[Linear(8)] [MultiheadAttention(2, Causal = true)] [Add(\"0\", \"1\")] [MultiheadAttention(4, Causal = true)] [Add(\"2\", \"3\")] "
            + "[RMSNorm] [Linear(9)] [GELU] [Select(-1)] [Linear(3)]"),
        ["ClassToken"] = (
            6, 1,
            "[ClassToken] [PositionEmbedding(20)] [MultiheadAttention(2)] [Add(\"1\", \"2\")] [LayerNorm] [Linear(9)] [GELU] [Select(0)] [Linear(3)]"),
    };

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = [];

    public static TheoryData<string, int> NetworksAndLengths()
    {
        TheoryData<string, int> data = [];
        foreach ((string name, (int _, int least, string _)) in Networks)
        {
            foreach (int length in LengthsFrom(least))
            {
                data.Add(name, length);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NetworksAndLengths))]
    public void GivesWhatANetworkOfThatLengthGives(string name, int length)
    {
        INetwork variable = Load(name, "");
        INetwork constant = Load(name, $"{length}");
        float[] input = Tensors.Random(length * Networks[name].Features, seed: length);
        float[] output = new float[constant.OutputSize];
        variable.Forward(input, output);
        float[] expected = new float[constant.OutputSize];
        constant.Forward(input, expected);
        AssertEqual(expected, output, length);
        foreach (string explanation in ExplanationsOf(name))
        {
            float[] relevance = new float[input.Length];
            float[] given = Tensors.Random(output.Length, seed: 5);
            variable.Explain(explanation, input, 1, relevance);
            AssertEqual(Explained(constant, explanation, input, 1), relevance, length);
            variable.Explain(explanation, input, given, relevance);
            AssertEqual(Explained(constant, explanation, input, given), relevance, length);
            AssertEqual(constant.Trace(explanation, input, 1), variable.Trace(explanation, input, 1), length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13 * 3 + 1)]
    [InlineData(13 * (Most + 1))]
    public void RefusesAnotherLength(int values)
    {
        ArgumentException failure = Assert.Throws<ArgumentException>("input", () => Load("Rows", "").Forward(new float[values], new float[5]));
        Assert.StartsWith($"Expected 1 to {Most} positions of 13 values, but {values} values are given.", failure.Message);
    }

    [Fact]
    public void RefusesFewerPositionsThanLayersNeed()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>("input", () => Load("Dilated", "").Forward(new float[4 * 4], new float[2]));
        Assert.StartsWith($"Expected 5 to {Most} positions of 4 values, but 16 values are given.", failure.Message);
    }

    [Fact]
    public void OutputsAreAsManyAsPositionsGive()
    {
        INetwork network = Load("EachRow", "");
        Assert.Throws<ArgumentException>("output", () => network.Forward(new float[10], new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>("target", () => network.Explain("EpsilonGammaBox", new float[10], 6, new float[10]));
        Assert.Equal(6, network.GetType().GetMethod("OutputSizeOf")!.Invoke(null, [10]));
    }

    [Fact]
    public void OcclusionCoversWholePositions()
    {
        INetwork network = Load("Rows", "");
        float[] input = Tensors.Random(3 * 13, seed: 3);
        float[] relevance = Explained(network, "Occlusion", input, 2);
        for (int position = 0; position < 3; position++)
        {
            float[] without = [.. input];
            without.AsSpan(position * 13, 13).Clear();
            float difference = Output(network, input)[2] - Output(network, without)[2];
            Assert.All(relevance[(position * 13)..((position + 1) * 13)], value => Assert.Equal(difference, value, 1e-5f));
        }
    }

    private static float[] Output(INetwork network, float[] input)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        return output;
    }

    private static float[] Explained(INetwork network, string explanation, float[] input, int target)
    {
        float[] relevance = new float[input.Length];
        network.Explain(explanation, input, target, relevance);
        return relevance;
    }

    private static float[] Explained(INetwork network, string explanation, float[] input, float[] given)
    {
        float[] relevance = new float[input.Length];
        network.Explain(explanation, input, given, relevance);
        return relevance;
    }

    // 11 takes tiles of every size.
    private static int[] LengthsFrom(int least) => [least, 11];

    private static IEnumerable<string> ExplanationsOf(string name)
    {
        int first = Networks.Keys.ToList().IndexOf(name) % 3 * 3;
        return Explanations[first..(first + 3)];
    }

    private static void AssertEqual(float[] expected, float[] given, int length)
    {
        if (length > 1)
        {
            Assert.Equal(expected, given);
        }
        else
        {
            Numbers.AssertClose(expected.ToDoubles(), given.ToDoubles(), 1e-5, "one row");
        }
    }

    private static void AssertEqual(Explanation expected, Explanation given, int length)
    {
        foreach ((LayerTrace one, LayerTrace other) in expected.Layers.Zip(given.Layers))
        {
            AssertEqual(one.Activation.ToArray(), other.Activation.ToArray(), length);
            AssertEqual(one.Relevance.ToArray(), other.Relevance.ToArray(), length);
        }

        if (length > 1)
        {
            Assert.Equal(expected.Ledger?.Rows, given.Ledger?.Rows);
        }
    }

    /// <summary>A network of some length; of one that calls choose if that is empty.</summary>
    private static INetwork Load(string name, string length)
    {
        Assembly assembly = Assemblies.GetOrAdd(name, name => new(() => Compiler.Load("0", SourcesOf(name)))).Value;
        return NetworkLibrary.Load(assembly, $"{name}{length}Net", NetworkLibrary.DescriptionOf(assembly, $"{name}{length}Net").Fill(Values));

        static float[] Values(TensorDescription tensor, int count)
        {
            float[] values = Tensors.Random(count, seed: tensor.Name.Length);
            return tensor.Name.EndsWith("var", StringComparison.Ordinal) ? Array.ConvertAll(values, Math.Abs) : values;
        }
    }

    private static IEnumerable<string> SourcesOf(string name)
    {
        (int features, int least, string layers) = Networks[name];
        string explanations = string.Join(" ", ExplanationsOf(name).Select(explanation =>
            $"[Explain<{explanation}>{(explanation == "EpsilonGammaBox" ? "(Low = -2, High = 2)" : "")}]"));
        yield return Source("", $"{Most}, {features}, Variable = true", explanations + " [Explain<Occlusion>(Window = 1, Stride = 1)]");
        foreach (int length in LengthsFrom(least))
        {
            yield return Source($"{length}", $"{length}, {features}", explanations);
        }

        string Source(string length, string shape, string explanations) =>
            $"""
            using LrpGen;
            namespace Declared;
            [Network({shape})] {layers} {explanations}
            public sealed partial class {name}{length}Net;
            """;
    }
}
