using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Onnx.Tests;

/// <summary>Networks of which calls choose the length, to ONNX and back: ONNX Runtime predicts the same at every length.</summary>
public sealed class LengthTests
{
    /// <summary>Both compute in float32, and sum in different orders.</summary>
    private const double Tolerance = 1e-5;

    private static readonly Dictionary<string, string> OfTokens = new()
    {
        ["Decoder"] = """
            [Network(Tokens = 12)]
            [Embedding(9, 8, Name = "words")] [PositionEmbedding(14, Offset = 2, Name = "positions")] [LayerNorm(Name = "norm")]
            [MultiheadAttention(2, Causal = true, Name = "attention")]
            [Add("positions", "attention")] [Select(-1)]
            [Linear(3, Name = "head")]
            """,
        ["Recurrent"] = """
            [Network(Tokens = 12)]
            [Embedding(9, 8, Name = "words")] [GRU(5, Layers = 2, Bidirectional = true, Name = "rnn")] [Select(-1)]
            [Linear(3, Name = "head")]
            """,
        ["Encoder"] = """
            [Network(Tokens = 12)]
            [Embedding(9, 8, Name = "words")] [TokenTypeEmbedding(2, Name = "types")] [PositionEmbedding(Name = "positions")]
            [Linear(8, Name = "q")]
            [Linear(4, From = "positions", Name = "k")]
            [Linear(6, From = "positions", Name = "v")]
            [ScaledDotProductAttention("q", "k", "v", Heads = 4, KeyValueHeads = 2, Scale = 0.3)] [GELU]
            [Linear(5, Bias = false, Name = "rows")]
            """,
    };

    private static readonly Dictionary<string, string> Others = new()
    {
        ["Rotary"] = """
            [Network(12, 8, Variable = true)] [Linear(8, Name = "q")] [RotaryEmbedding(2, Name = "turned")]
            [ScaledDotProductAttention("turned", "turned", "q", Heads = 2, Causal = true)] [Mean] [Linear(3)]
            """,
        ["Memory"] = """
            [Network(12, 8, Variable = true)] [GELU(Name = "memory")]
            [MultiheadAttention(2, From = "input", Memory = "memory", Name = "attention")] [Mean] [Linear(3)]
            """,
        ["Series"] = "[Network(12, 8, Variable = true)] [LSTM(4, Layers = 2)] [RNN(3, Bias = false)] [Select(-1)] [Linear(3)]",
        ["Gestures"] = """
            [Network(12, 8, Variable = true)]
            [Transpose] [Conv1d(6, 3, Padding = 1)] [ReLU] [MaxPool1d(2)] [AdaptiveMaxPool1d(1)] [Flatten] [Linear(4)]
            """,
    };

    private static readonly Lazy<Assembly> Compiled =
        new(() => Compiler.Load(null, OfTokens.Concat(Others).Select(network => Source(network.Key, network.Value))));

    private static readonly Lazy<IReadOnlyDictionary<string, ImportedNetwork>> Imported = new(() => OfTokens.Keys.ToDictionary(
        name => name,
        name => OnnxModel.Import(new MemoryStream(Model(name)), new() { Namespace = Declaration.Namespace, ClassName = name, Tokens = 12 })));

    private static readonly Lazy<Assembly> Again = new(() => Compiler.Load(null, Imported.Value.Values.Select(network => network.Source)));

    public static TheoryData<string> NamesOfTokens => [.. OfTokens.Keys];

    public static TheoryData<string> OtherNames => [.. Others.Keys];

    [Theory]
    [MemberData(nameof(NamesOfTokens))]
    public void TokensGoThereAndBack(string name)
    {
        ITokenNetwork network = (ITokenNetwork)NetworkLibrary.LoadAny(Compiled.Value, name, Weights(name));
        ITokenNetwork again = (ITokenNetwork)NetworkLibrary.LoadAny(Again.Value, name, Imported.Value[name].Weights);
        foreach (int[] ids in (int[][])[[.. Enumerable.Range(0, 12).Select(position => position % 9)], [8, 0, 3, 3, 1], [4]])
        {
            double[] expected = Judge.Predict(Model(name), ids).ToDoubles();
            Numbers.AssertClose(expected, Output(network, ids, expected.Length), Tolerance, $"{name}, {ids.Length} tokens");
            Numbers.AssertClose(expected, Output(again, ids, expected.Length), Tolerance, $"{ids.Length} tokens\n{Imported.Value[name].Source}");
        }
    }

    [Theory]
    [MemberData(nameof(NamesOfTokens))]
    public void ClassesAreTheSame(string name) => Assert.Equal(LayersOf(Source(name, OfTokens[name])), LayersOf(Imported.Value[name].Source));

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void RowsOfAnyNumberGoThere(string name)
    {
        INetwork network = NetworkLibrary.Load(Compiled.Value, name, Weights(name));
        foreach (int rows in (int[])[12, 5, 2])
        {
            float[] input = Values(new Random(rows), rows * 8);
            float[] expected = Judge.Predict(Model(name), input);
            float[] output = new float[expected.Length];
            network.Forward(input, output);
            Numbers.AssertClose(expected.ToDoubles(), output.ToDoubles(), Tolerance, $"{name}, {rows} rows");
        }
    }

    private static double[] Output(ITokenNetwork network, int[] ids, int size)
    {
        float[] output = new float[size];
        network.Forward(ids, output);
        return output.ToDoubles();
    }

    private static IEnumerable<string> LayersOf(string source) =>
        source.Split('[', StringSplitOptions.TrimEntries).Skip(1).Select(attribute => attribute.Split(']')[0]);

    private static byte[] Model(string name)
    {
        using MemoryStream stream = new();
        OnnxModel.Export(Description(name), Weights(name), stream);
        return stream.ToArray();
    }

    private static NetworkDescription Description(string name) => (NetworkDescription)Compiled.Value
        .GetType($"{Declaration.Namespace}.{name}", throwOnError: true)!.GetProperty("Description")!.GetValue(null)!;

    private static TensorDictionary Weights(string name)
    {
        Random random = new(1);
        TensorDictionary weights = new();
        foreach (TensorDescription tensor in Description(name).Tensors)
        {
            weights.Add(tensor.Name, [.. tensor.Shape], Values(random, tensor.Shape.Aggregate(1, (product, size) => product * size)));
        }

        return weights;
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private static string Source(string name, string layers) =>
        $"using LrpGen;\n\nnamespace {Declaration.Namespace};\n\n{layers}\n[Explain<AttnLRP>]\npublic sealed partial class {name};\n";
}
