using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Ready-made layers of transformers give what PyTorch's give in float64, from tensors with its names, and their relevance is that of the layers that
/// they stand for.
/// </summary>
public sealed class TransformerLayerTests
{
    private const string Head = "[Mean] [Linear(1, Name = \"head\")] [Explain<Gradient>] [Explain<AttnLRP>] [Explain<GammaCPLRP>] public sealed partial class";

    private const string Memory = "[Narrow(5, 4, Name = \"encoded\")] [Narrow(0, 5, From = \"input\", Name = \"rows\")]";

    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "Data", "transformers", "transformers.npz");

    private static readonly Lazy<Assembly> Compiled = new(() => Compiler.Load(
        null,
        $$"""
        using LrpGen;
        namespace Declared;

        [Parameters("heads")]
        [TransformerEncoderLayer("heads", "6 * heads", Repeat = "heads")]
        public readonly struct Layers : IBlock;

        [Network(9, 8)] [Block<Layers>(2, Name = "layers")] {{Head}} Encoder;

        [Network(9, 8)]
        [TransformerEncoderLayer(2, 12, Name = "layers.0", NormFirst = true, Activation = TransformerActivation.GELU, Eps = 1e-2)]
        [TransformerEncoderLayer(2, 12, Name = "layers.1", NormFirst = true, Activation = TransformerActivation.GELU, Eps = 1e-2)]
        {{Head}} EncoderNormFirst;

        [Network(9, 8)] {{Memory}}
        [TransformerDecoderLayer(2, 12, Name = "layers.0", Memory = "encoded", Causal = true)]
        [TransformerDecoderLayer(2, 12, Name = "layers.1", Memory = "encoded", Causal = true)]
        {{Head}} Decoder;

        [Network(9, 8)] {{Memory}}
        [TransformerDecoderLayer(2, 12, Name = "layers.0", Memory = "encoded", NormFirst = true, Activation = TransformerActivation.GELU)]
        [TransformerDecoderLayer(2, 12, Name = "layers.1", Memory = "encoded", NormFirst = true, Activation = TransformerActivation.GELU)]
        {{Head}} DecoderNormFirst;

        [Parameters("inner")]
        [MultiheadAttention(2, Name = "self_attn")] [Add("input", "self_attn")] [LayerNorm(Name = "norm1")]
        [Linear("inner", Name = "linear1")] [ReLU] [Linear(8, Name = "linear2")] [Add("norm1", "linear2")] [LayerNorm(Name = "norm2")]
        public readonly struct Pieces : IBlock;

        [Network(9, 8)] [Block<Pieces>(12, Name = "layers.0")] [Block<Pieces>(12, Name = "layers.1")] {{Head}} EncoderInPieces;

        [Network(20, 8, Variable = true)]
        [TransformerEncoderLayer(2, 12, Repeat = 2, Name = "layers")] {{Head}} EncoderOfAnyLength;
        """));

    [Theory]
    [InlineData("Encoder")]
    [InlineData("EncoderNormFirst")]
    [InlineData("Decoder")]
    [InlineData("DecoderNormFirst")]
    [InlineData("EncoderOfAnyLength")]
    public void OutputsAndGradientsArePyTorchs(string name)
    {
        string expected = name == "EncoderOfAnyLength" ? "Encoder" : name;
        INetwork network = Load(name, expected);
        using TensorFile data = TensorFile.Open(Data);
        float[] output = new float[1];
        network.Forward(data.Read($"{expected}/input"), output);
        Numbers.AssertClose(data.Read($"{expected}/output").ToDoubles(), output.ToDoubles(), 1e-5, "output");
        Numbers.AssertClose(data.Read($"{expected}/gradient").ToDoubles(), Explain(network, "Gradient", expected).ToDoubles(), 1e-5, "gradient");
    }

    [Theory]
    [InlineData("AttnLRP")]
    [InlineData("GammaCPLRP")]
    public void RelevanceIsThatOfTheirLayers(string explanation) => Assert.Equal(
        Explain(Load("EncoderInPieces", "Encoder"), explanation, "Encoder"), Explain(Load("Encoder", "Encoder"), explanation, "Encoder"));

    [Fact]
    public void TracesHaveTheirLayers()
    {
        using TensorFile data = TensorFile.Open(Data);
        Explanation trace = Load("Decoder", "Decoder").Trace("AttnLRP", data.Read("Decoder/input"), 0);
        Assert.Equal(
            [
                "layers.0.self_attn", "layers.0.sum1", "layers.0.norm1", "layers.0.multihead_attn", "layers.0.sum2", "layers.0.norm2",
                "layers.0.linear1", "layers.0.activation", "layers.0.linear2", "layers.0.sum3", "layers.0.norm3",
            ],
            trace.Layers.Select(layer => layer.Name).Where(name => name.StartsWith("layers.0.", StringComparison.Ordinal)));
        Assert.All(trace.Ledger!.Rows, row => Assert.Equal(0, row.Residual, 1e-5));
    }

    private static float[] Explain(INetwork network, string explanation, string expected)
    {
        using TensorFile data = TensorFile.Open(Data);
        float[] input = data.Read($"{expected}/input");
        float[] relevance = new float[input.Length];
        network.Explain(explanation, input, 0, relevance);
        return relevance;
    }

    private static INetwork Load(string name, string weightsOf)
    {
        using TensorFile data = TensorFile.Open(Data);
        TensorDictionary weights = new();
        string prefix = $"{weightsOf}/weights/";
        foreach (string tensor in data.Names.Where(tensor => tensor.StartsWith(prefix, StringComparison.Ordinal)))
        {
            data.TryGetShape(tensor, out IReadOnlyList<long>? shape);
            weights.Add(tensor[prefix.Length..], shape!, data.Read(tensor));
        }

        return NetworkLibrary.Load(Compiled.Value, name, weights);
    }
}
