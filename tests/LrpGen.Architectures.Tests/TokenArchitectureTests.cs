using System.Numerics.Tensors;

namespace LrpGen.Architectures.Tests;

/// <summary>The sample's networks of tokens in small sizes, against PyTorch in float64.</summary>
public sealed class TokenArchitectureTests
{
    /// <summary>Of the norm of all logits: rounding errors of float32.</summary>
    private const float LogitTolerance = 1e-5f;

    /// <summary>Of the norm of all relevances: those of both signs cancel at sums.</summary>
    private const float RelevanceTolerance = 2e-4f;

    private static readonly int[] Tokens = [3, 17, 8, 8, 1, 12];

    private static readonly Dictionary<string, Func<ITensorSource, ITokenNetwork>> Networks = new()
    {
        ["bert"] = SmallBert.Load,
        ["minilm"] = SmallMiniLm.Load,
        ["distilbert"] = SmallDistilBert.Load,
        ["roberta"] = SmallRoberta.Load,
        ["gpt2"] = SmallGpt2.Load,
        ["llama"] = SmallLlama.Load,
        ["qwen2"] = SmallQwen2.Load,
        ["lstm"] = SmallLstm.Load,
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictsAndExplainsAsPyTorch(string name)
    {
        using TensorFile file = TensorFile.Open(Path.Combine(AppContext.BaseDirectory, "Data", "sequences.npz"));
        string prefix = $"{name}/w/";
        ITokenNetwork network = Networks[name](new RenamedTensors(
            file, tensor => tensor.StartsWith(prefix, StringComparison.Ordinal) ? tensor[prefix.Length..] : null));
        float[] expected = Read("logits", network.OutputSize);
        float[] logits = new float[network.OutputSize];
        network.Forward(Tokens, logits);
        AssertClose(expected, logits, LogitTolerance);
        Assert.All([nameof(AttnLRP), nameof(CPLRP)], explanation =>
        {
            float[] relevance = new float[Tokens.Length];
            network.Explain(explanation, Tokens, TensorPrimitives.IndexOfMax<float>(expected), relevance);
            AssertClose(Read(explanation, Tokens.Length), relevance, RelevanceTolerance);
        });

        float[] Read(string array, int length)
        {
            float[] values = new float[length];
            file.Read($"{name}/{array}", values);
            return values;
        }
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance) => Assert.InRange(
        TensorPrimitives.Distance<float>(expected, actual), 0, tolerance * TensorPrimitives.Norm<float>(expected));
}
