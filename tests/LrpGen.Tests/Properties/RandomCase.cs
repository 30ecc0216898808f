using CsCheck;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>A network with explanations, weights and an input, all random.</summary>
/// <param name="Network">The network.</param>
/// <param name="Explanations">Ways to explain it.</param>
/// <param name="Seed">Determines weights and input.</param>
/// <param name="IsHalfEmpty">
/// Whether the second half of each input channel is 0 and no bias is negative, so that outputs have relevance where there is no input.
/// </param>
/// <param name="Scale">Of the input.</param>
/// <param name="Rows">Of the input, where calls choose how many.</param>
internal sealed record RandomCase(
    NetworkSpec Network, IReadOnlyList<ExplanationSpec> Explanations, int Seed, bool IsHalfEmpty = false, double Scale = 1, int? Rows = null)
{
    /// <summary>Any network of a fixed length with any explanations.</summary>
    public static Gen<RandomCase> Any { get; } = Of(new RandomNetworks(conserving: false).Networks);

    /// <summary>Any network of tokens, or of as many rows as a call has.</summary>
    public static Gen<RandomCase> OfAnyLength { get; } = Of(new RandomNetworks(conserving: false).OfAnyLength);

    private readonly Lazy<int> target = new(() => new RandomCase(Network, [], Seed, IsHalfEmpty, Scale, Rows).Largest());

    /// <summary>The output to explain, which is the largest in magnitude: most are 0 after a last ReLU.</summary>
    public int Target => target.Value;

    /// <summary>The same with the first and the last of the lengths that a call may have, and one between them.</summary>
    public IEnumerable<RandomCase> OfLengths()
    {
        int[] lengths = [.. Network.Lengths];
        return new[] { lengths[0], lengths[new Random(Seed).Next(lengths.Length)], lengths[^1] }.Distinct()
            .Select(rows => new RandomCase(Network, Explanations, Seed, IsHalfEmpty, Scale, rows));
    }

    /// <summary>The network under a name that no other case of a batch has.</summary>
    public Declaration Declare(int index) => new($"Net{index}", Network, Explanations);

    /// <summary>The weights by name; one in eight is 0.</summary>
    public Dictionary<string, float[]> Weights()
    {
        Random random = new(Seed);
        return Network.Tensors().ToDictionary(tensor => tensor.Name, tensor =>
        {
            int inputs = tensor.Shape.Stride(0);
            bool variance = tensor.Name.EndsWith("running_var", StringComparison.Ordinal);
            bool magnitude = IsHalfEmpty && tensor.Name.EndsWith("bias", StringComparison.Ordinal);
            return Fill(
                tensor.Shape.Size,
                random,
                value => variance ? 0.5 + Math.Abs(value) : magnitude ? Math.Abs(value) : value * Math.Sqrt(3.0 / inputs));
        });
    }

    /// <summary>Values in −1 … 1 times the scale, of which one in eight is 0; or the ids of tokens.</summary>
    public float[] Input()
    {
        Random random = new(~Seed);
        int rows = Rows ?? Network.Input[0];
        if (Network.Layers[0] is Embedding words)
        {
            return [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(words.Count))];
        }

        float[] input = Fill(Network.Input.With(0, rows).Size, random, value => Scale * value);
        int pixels = Network.Input.Stride(0);
        for (int channel = 0; IsHalfEmpty && channel < rows; channel++)
        {
            input.AsSpan((channel * pixels) + (pixels / 2), pixels - (pixels / 2)).Clear();
        }

        return input;
    }

    private static Gen<RandomCase> Of(Gen<NetworkSpec> networks) =>
        from network in networks
        from first in RandomExplanations.For(network, "First")
        from second in Gen.OneOf(Gen.Const(Array.Empty<ExplanationSpec>()), RandomExplanations.For(network, "Second").Array[1])
        from seed in Gen.Int
        select new RandomCase(network, [first, .. second], seed);

    private int Largest()
    {
        float[] input = Input();
        double[] output = new Interpreter(
            Network.OfInputs(input.Length), Weights().ToDictionary(weight => weight.Key, weight => weight.Value.ToDoubles()))
            .Forward(input.ToDoubles())[^1];
        return Enumerable.Range(0, output.Length).MaxBy(j => Math.Abs(output[j]));
    }

    private static float[] Fill(int count, Random random, Func<double, double> scale) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)scale(random.Next(8) == 0 ? 0 : (2 * random.NextDouble()) - 1))];
}
