using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>Ways to say the same: what an explanation overrides, what a condition chooses, and a rule that a user writes.</summary>
public sealed class CompositeTests
{
    private const string Source = """
        using LrpGen;
        using LrpGen.Rules;

        namespace Declared;

        /// <summary>AlphaBeta, written by a user.</summary>
        [Share("a+ w+ + a- w-", Bias = "b+", Scale = "α")]
        [Share("a+ w- + a- w+", Bias = "b-", Scale = "-β")]
        public sealed class OwnAttribute(double alpha, double beta) : RuleAttribute
        {
            public double Alpha { get; } = alpha;

            public double Beta { get; } = beta;
        }

        [ZPlus(On = LayerKinds.Convolution)] [Epsilon(0.25)]
        public readonly struct PlusQuarter : IComposite;

        [AlphaBeta(3, 2, On = LayerKinds.Convolution)] [Epsilon]
        public readonly struct Alpha3Beta2 : IComposite;

        [Own(3, 2, On = LayerKinds.Convolution)] [Epsilon]
        public readonly struct Own3Beta2 : IComposite;

        [ZBox(-2, 3, First = true)] [Gamma(0.5, On = LayerKinds.Convolution)] [Epsilon]
        public readonly struct GammaHalfBox : IComposite;

        [ZBox(-2, 3, First = true)] [ZPlus]
        public readonly struct BoxPlus : IComposite;

        [WSquare(First = true)] [ZPlus]
        public readonly struct SquarePlus : IComposite;

        [ZPlus]
        public readonly struct Plus : IComposite;

        [Network(2, 5, 5)]
        [Conv2d(3, 3)] [ReLU] [Conv2d(4, 2)] [Tanh] [Flatten] [Linear(2)]
        [Explain<EpsilonPlus>(Name = "PlusQuarter1", Epsilon = 0.25)] [Explain<PlusQuarter>(Name = "PlusQuarter2")]
        [Explain<EpsilonAlpha2Beta1>(Name = "AlphaBeta1", Alpha = 3, Beta = 2)] [Explain<Alpha3Beta2>(Name = "AlphaBeta2")]
        [Explain<Own3Beta2>(Name = "Own1")] [Explain<Alpha3Beta2>(Name = "Own2")]
        [Explain<EpsilonGammaBox>(Name = "GammaBox1", Low = -2, High = 3, Gamma = 0.5)] [Explain<GammaHalfBox>(Name = "GammaBox2")]
        [Explain<EpsilonGammaBox>(Name = "Bounds1", Lows = [-2, -2], Highs = [3, 3])] [Explain<EpsilonGammaBox>(Name = "Bounds2", Low = -2, High = 3)]
        [Explain<DeepTaylor>(Name = "DeepTaylorBox1", Low = -2, High = 3)] [Explain<BoxPlus>(Name = "DeepTaylorBox2")]
        [Explain<DeepTaylor>(Name = "DeepTaylorLow1", Low = 0)] [Explain<Plus>(Name = "DeepTaylorLow2")]
        [Explain<DeepTaylor>(Name = "DeepTaylorSquare1")] [Explain<SquarePlus>(Name = "DeepTaylorSquare2")]
        public sealed partial class Signed;

        [Network(2, 5, 5)]
        [ReLU] [Conv2d(3, 3)] [ReLU] [Conv2d(4, 2)] [Tanh] [Flatten] [Linear(2)]
        [Explain<DeepTaylor>(Name = "DeepTaylorPlus1")] [Explain<Plus>(Name = "DeepTaylorPlus2")]
        public sealed partial class NonNegative;
        """;

    private static readonly Lazy<Assembly> Networks = new(() => Compiler.Load(null, Source));

    [Theory]
    [InlineData("Signed", 0, "PlusQuarter", "AlphaBeta", "Own", "GammaBox", "Bounds", "DeepTaylorBox", "DeepTaylorLow", "DeepTaylorSquare")]
    [InlineData("NonNegative", 1, "DeepTaylorPlus")]
    public void BothSayTheSame(string name, int firstLayer, params string[] explanations)
    {
        INetwork network = NetworkLibrary.Load(Networks.Value, name, Weights(firstLayer));
        float[] input = Values(network.InputSize);
        foreach (string explanation in explanations)
        {
            Assert.Equal(Relevance(explanation + "1"), Relevance(explanation + "2"));
        }

        float[] Relevance(string explanation)
        {
            // As the explanation's bound says.
            float[] positive = explanation.StartsWith("DeepTaylorLow", StringComparison.Ordinal) ? [.. input.Select(Math.Abs)] : input;
            float[] relevance = new float[network.InputSize];
            network.Explain(explanation, positive, 1, relevance);
            Assert.Contains(relevance, value => value != 0);
            return relevance;
        }
    }

    private static TensorDictionary Weights(int firstLayer)
    {
        TensorDictionary weights = new();
        Add(firstLayer, 3, 2, 3, 3);
        Add(firstLayer + 2, 4, 3, 2, 2);
        Add(firstLayer + 5, 2, 16);
        return weights;

        void Add(int layer, params long[] shape)
        {
            weights.Add($"{layer}.weight", shape, Values((int)shape.Aggregate((product, size) => product * size)));
            weights.Add($"{layer}.bias", [shape[0]], Values((int)shape[0]));
        }
    }

    /// <summary>Values of either sign.</summary>
    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin((5 * i) + count))];
}
