using System.Numerics.Tensors;
using Architectures;

namespace LrpGen.Architectures.Tests;

/// <summary>The sample's vision transformer, and ConvNeXt with the same layers in other places, against torchvision's own, with all weights given by a formula.</summary>
public sealed class VisionTransformerTests
{
    /// <summary>Of the largest logit: rounding errors of float32 add up over all layers.</summary>
    private const float LogitTolerance = 1e-4f;

    /// <summary>Of the largest relevance: the reference has no stabilisers, and relevance of both signs cancels at sums.</summary>
    private const float RelevanceTolerance = 5e-3f;

    private static readonly float[] Image = Reference.Image();

    /// <summary>Making up to 86 million weights takes longer than all that is computed with them.</summary>
    [Theory]
    [InlineData("vit_b_16", nameof(AttnLRP), nameof(CPLRP))]
    [InlineData("convnext_tiny", nameof(CPLRP))]
    public void PredictsAndExplainsAsPyTorch(string name, params string[] explanations)
    {
        using Reference reference = Reference.Of(name);
        INetwork network = Architecture.All.Single(architecture => architecture.Name == name).Load(new SyntheticTensors(reference));
        Assert.Equal(reference.Parameters, network.Description.Layers.Sum(layer => layer.Parameters));
        float[] logits = new float[network.OutputSize];
        network.Forward(Image, logits);
        Assert.InRange(TensorPrimitives.Distance<float>(reference.Logits(), logits), 0, LogitTolerance * TensorPrimitives.Norm<float>(reference.Logits()));

        Assert.All(explanations, explanation =>
        {
            float[] expected = reference.Relevance(explanation);
            Explanation trace = network.Trace(explanation, Image, TensorPrimitives.IndexOfMax<float>(reference.Logits()));
            float[] relevance = Reference.SumsOfSquares(trace.Relevance.ToArray());
            Assert.InRange(TensorPrimitives.Distance<float>(expected, relevance), 0, RelevanceTolerance * TensorPrimitives.Norm<float>(expected));
            Assert.Equal(network.Description.Layers.Select(layer => layer.Name), trace.Ledger!.Rows.Select(row => row.Layer));
            Assert.InRange(Math.Abs(trace.Ledger.Residual), 0, 1e-3 * Math.Abs(trace.Ledger.Seed));
        });
    }
}
