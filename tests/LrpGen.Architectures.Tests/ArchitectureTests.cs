using System.Numerics.Tensors;
using Architectures;

namespace LrpGen.Architectures.Tests;

/// <summary>The sample's architectures against torchvision's own, with all weights given by a formula.</summary>
public sealed class ArchitectureTests
{
    /// <summary>
    /// Of the largest logit. Rounding errors of float32, 6e-8 each, add up over up to 121 layers; PyTorch's own float32 is 1e-5 from its
    /// float64 in ResNet-50.
    /// </summary>
    private const float LogitTolerance = 1e-4f;

    /// <summary>
    /// Of the largest relevance. Relevances of both signs cancel at sums; in ResNet-50 PyTorch's own float32 is 2e-4 off, direct convolutions are
    /// 6e-4 and Winograd's, which round about twice as much, 1.1e-3.
    /// </summary>
    private const float RelevanceTolerance = 2e-3f;

    /// <summary>Of the magnitude of what a layer gets and hands on: eight times the rounding of a float32, 2⁻²⁴, since messages are sums.</summary>
    private const double LedgerTolerance = 1.0 / (1 << 21);

    /// <summary>What stabilisers may keep, of the logit: 0.26 % in MobileNetV2, in float64 too.</summary>
    private const float Stabilizers = 5e-3f;

    private static readonly float[] Image = Reference.Image();

    /// <summary>The convolutional networks; of the other one see <see cref="VisionTransformerTests"/>.</summary>
    public static TheoryData<string> Names =>
    [
        .. from architecture in Architecture.All
           where architecture.Description.Explanations.Any(explanation => explanation.Name == nameof(EpsilonPlusFlat))
           select architecture.Name,
    ];

    /// <summary>Loading fails if any name or shape differs; batch norm's counters are in the state_dict, too, and of no concern.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void PredictsAndExplainsAsPyTorch(string name)
    {
        using Reference reference = Reference.Of(name);
        Architecture architecture = Of(name);
        Assert.Equal(reference.Parameters, architecture.Description.Layers.Sum(layer => layer.Parameters));

        INetwork network = architecture.Load(new SyntheticTensors(reference));
        float[] logits = new float[network.OutputSize];
        network.Forward(Image, logits);
        AssertClose(reference.Logits(), logits, LogitTolerance);

        Explanation trace = network.Trace(nameof(EpsilonPlusFlat), Image, TensorPrimitives.IndexOfMax<float>(reference.Logits()));
        AssertClose(reference.Relevance(), Reference.SumsOfSquares(trace.Relevance.ToArray()), RelevanceTolerance);
        Assert.Equal(network.Description.Layers.Select(layer => layer.Name), trace.Ledger!.Rows.Select(row => row.Layer));
        Assert.All(network.Description.Layers.Zip(trace.Ledger.Rows), layer =>
            Assert.InRange(Math.Abs(layer.Second.Residual), 0, LedgerTolerance * Magnitude(trace, layer.First)));

        Assert.Equal(network.Description.Layers.Select(layer => layer.Name), trace.Layers.Select(layer => layer.Name));
        Assert.All(trace.Layers, layer =>
        {
            Assert.Equal(layer.Activation.Length, layer.Relevance.Length);
            Assert.True(TensorPrimitives.IsFiniteAll(layer.Activation.Span) && TensorPrimitives.IsFiniteAll(layer.Relevance.Span), layer.Name);
        });
    }

    /// <summary>Where nothing is biased, nothing but stabilisers absorbs relevance.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ConservesRelevanceWithoutBiases(string name)
    {
        using Reference reference = Reference.Of(name);
        INetwork network = Of(name).Load(new SyntheticTensors(reference, biases: false));
        float[] logits = new float[network.OutputSize];
        network.Forward(Image, logits);
        int target = TensorPrimitives.IndexOfMax<float>(logits);
        float[] relevance = new float[network.InputSize];
        Assert.All(network.Explanations, explanation =>
        {
            network.Explain(explanation, Image, target, relevance);
            Assert.Equal(1, TensorPrimitives.Sum<float>(relevance) / logits[target], Stabilizers);
        });
    }

    /// <summary>Σ |R| of the layer's output and of what it reads, of which a residual that is rounding is a small part.</summary>
    private static double Magnitude(Explanation trace, LayerDescription layer) => layer.Inputs
        .Select(input => input == NetworkDescription.InputName ? trace.Relevance : trace[input].Relevance)
        .Append(trace[layer.Name].Relevance)
        .Sum(relevance => (double)TensorPrimitives.SumOfMagnitudes(relevance.Span));

    private static Architecture Of(string name) => Architecture.All.Single(architecture => architecture.Name == name);

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        float error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / Math.Abs(TensorPrimitives.MaxMagnitude<float>(expected));
        Assert.InRange(error, 0, tolerance);
    }
}
