using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>What seeds mean for a whole network.</summary>
public sealed class SeedTests
{
    private static readonly LayerSpec[] Layers =
    [
        new("Conv2d") { Outputs = 3, Kernel = 3 },
        new("Tanh"),
        new("Conv2d") { Outputs = 4, Kernel = 2 },
    ];

    private static readonly ExplanationSpec OfTheProbability = new("Probability", new RuleSpec("Derivative")) { Seed = Seed.One };

    private static readonly ExplanationSpec FromTheLogits = new("Logits", new RuleSpec("Derivative")) { Seed = Seed.SoftmaxGradient };

    /// <summary>The gradient that starts with SoftmaxGradient is the gradient through a softmax of all outputs.</summary>
    [Fact]
    public void SoftmaxGradientIsTheGradientOfAProbability()
    {
        Shape input = Shape.Of(2, 5, 4);
        RandomCase logits = new(NetworkSpec.Sequential(input, Layers), [FromTheLogits], Seed: 3);
        NetworkSpec probabilities = NetworkSpec.Sequential(input, [.. Layers, new("Flatten"), new("Softmax")]);
        TensorDictionary weights = logits.Network.ToTensors(logits.Weights());
        NetworkLibrary library = new(new("Logits", logits.Network, FromTheLogits), new("Probabilities", probabilities, OfTheProbability));
        for (int target = 0; target < 8; target++)
        {
            Run expected = library.Load(EngineKind.Generated, "Probabilities", weights).Explain("Probability", logits.Input(), target);
            Run actual = library.Load(EngineKind.Generated, "Logits", weights).Explain("Logits", logits.Input(), target);
            Numbers.AssertClose(expected.Relevance, actual.Relevance, 1e-5, $"target {target}");
        }
    }
}
