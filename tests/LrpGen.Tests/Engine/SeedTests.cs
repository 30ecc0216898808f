using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>What seeds mean for a whole network.</summary>
public sealed class SeedTests
{
    /// <summary>Without biases and ReLU, so that no z is 0 and no relevance is lost.</summary>
    private static readonly LayerSpec[] Layers =
    [
        new Conv2d(3, 3) { Bias = false },
        new Tanh(),
        new Conv2d(4, 2) { Bias = false },
    ];

    private static readonly Shape Input = Shape.Of(2, 5, 4);

    private static readonly RandomCase Given = new(
        NetworkSpec.Sequential(Input, Layers),
        [
            new("Gradient", new RuleSpec("Derivative")) { Seed = Seed.SoftmaxGradient },
            new("Contrastive", new RuleSpec("Epsilon", 1e-9)) { Seed = Seed.Contrastive },
            new("SoftmaxGradient", new RuleSpec("Gamma", 0.25) { Stabilizer = 1e-9 }) { Seed = Seed.SoftmaxGradient },
        ],
        Seed: 3);

    private static readonly Declaration Probabilities = new(
        "Probabilities",
        NetworkSpec.Sequential(Input, [.. Layers, new Flatten(), new Softmax()]),
        new ExplanationSpec("Gradient", new RuleSpec("Derivative")) { Seed = Seed.One });

    private static readonly NetworkLibrary Library = new(Given.Declare(0), Probabilities);

    public static TheoryData<int> Targets() => [.. Enumerable.Range(0, Given.Network.Outputs()[^1].Size)];

    /// <summary>The gradient that starts with SoftmaxGradient is the gradient through a softmax of all outputs, pixels and channels.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void SoftmaxGradientIsTheGradientOfAProbability(int target)
    {
        Run expected = Load(Probabilities.Name).Explain("Gradient", Given.Input(), target);
        Run actual = Load("Net0").Explain("Gradient", Given.Input(), target);
        Numbers.AssertClose(expected.Relevance, actual.Relevance, 1e-5, $"target {target}");
    }

    /// <summary>What speaks for the target and what speaks for the others are together 0, at every layer.</summary>
    [Theory]
    [InlineData("Contrastive")]
    [InlineData("SoftmaxGradient")]
    public void SeedsAgainstTheOthersSumUpToNothing(string explanation)
    {
        Run run = Load("Net0").Explain(explanation, Given.Input(), Given.Target);
        Assert.All(run.Layers.Values.Select(layer => layer.Relevance).Append(run.Relevance), relevance =>
            Assert.InRange(Math.Abs(relevance.Sum()), 0, 1e-5 * relevance.Sum(Math.Abs)));
    }

    /// <summary>1 − y_c is e⁻³⁵ here, which is below the precision of a double near 1.</summary>
    [Fact]
    public void TheInterpreterKeepsTheDigitsOfACertainTarget()
    {
        double[] seed = Interpreter.SeedOf(Seed.SoftmaxGradient, [35, 0], target: 0);
        Assert.Equal(1, seed[0] / Math.Exp(-35), 1e-12);
        Assert.Equal(-seed[0], seed[1], 1e-12 * seed[0]);
    }

    private static IEngineNetwork Load(string name) => Library.Load(EngineKind.Generated, name, Given.Network.ToTensors(Given.Weights()));
}
