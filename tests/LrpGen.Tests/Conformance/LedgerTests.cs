using System.Reflection;
using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Ledgers worked out by hand. In the comments s is R over the stabilised denominator.</summary>
public sealed class LedgerTests
{
    private static readonly ExampleSet Examples = new(
        new()
        {
            // z = 3 + 1 and s = 4/(4 + 1): of the 4 the bias takes 0.8 and ε as much.
            ["EpsilonPositive"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear()),
                Rules(new RuleSpec("Epsilon", 1)),
                new() { ["0.weight"] = [1, 2], ["0.bias"] = [1] },
                [1, 1],
                [0.8, 1.6])
            {
                Ledger = new() { ["0"] = new(0.8, 0.8, 0) },
            },

            // z = −4, ε counts with its sign: s = −4/(−4 − 1).
            ["EpsilonNegative"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear()),
                Rules(new RuleSpec("Epsilon", 1)),
                new() { ["0.weight"] = [-1, -2], ["0.bias"] = [-1] },
                [1, 1],
                [-0.8, -1.6])
            {
                Ledger = new() { ["0"] = new(-0.8, -0.8, 0) },
            },

            // Without the bias in the denominator, the inputs have all 4.
            ["EpsilonZeroBias"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear()),
                Rules(new RuleSpec("Epsilon", 0) { ZeroBias = true }),
                new() { ["0.weight"] = [1, 2], ["0.bias"] = [1] },
                [1, 1],
                [4.0 / 3, 8.0 / 3])
            {
                Ledger = new() { ["0"] = default },
            },

            // z = 3 − 1 − 1. The positive part is 3, and 2 R_0 = 2; the negative one −1 − 1, of which the bias takes half of −1.
            ["AlphaBeta"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear()),
                Rules(new RuleSpec("AlphaBeta", 2, 1) { Stabilizer = 0 }),
                new() { ["0.weight"] = [3, -1], ["0.bias"] = [-1] },
                [1, 1],
                [2, -0.5])
            {
                Ledger = new() { ["0"] = new(-0.5, 0, 0) },
            },

            // z = 1 − 3 and f(z) = σ(−2), of which σ(0) = ½ is no input's: σ(−2) − ½ is shared, and it is negative as z is.
            ["FromZero"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear() with { Bias = false }, new Sigmoid()),
                Rules(new RuleSpec("Epsilon", 0), new RuleSpec("FromZero") { On = LayerKinds.OtherActivation, Stabilizer = 0 }),
                new() { ["0.weight"] = [1, -1] },
                [1, 3],
                [(0.5 - Sigmoid) / 2, (Sigmoid - 0.5) * 3 / 2])
            {
                Ledger = new() { ["1"] = new(0.5, 0, 0), ["0"] = default },
            },

            // σ(−200) is 0 in float32, and s = 1 / (0 + 0.5): the offset ½ takes 1, ε takes 1, and −½ s = −1 goes back.
            ["FromZeroOf0"] = FromZero(new Sigmoid(), 1, [-200], [-1], new(1, 1, 0), stabilizer: 0.5),

            // softplus(ln 3) = ln 4, twice what softplus(0) = ln 2 is.
            ["FromZeroOfSoftplus"] = FromZero(new Softplus(), 1, [Math.Log(3)], [0.5], new(0.5, 0, 0)),

            // Of 0, ln 3 the softmax is ¼, ¾, and of 0, 0 it is ½: R_0 = (¼ − ½) / ¼ = −1 of the 1 that it has.
            ["FromZeroOfSoftmax"] = FromZero(new Softmax(), 2, [0, Math.Log(3)], [-1, 0], new(2, 0, 0)),

            // 3 + −1: z⁺ gives all to the 3, equal shares give either 1.
            ["PositiveSum"] = SumOf(new RuleSpec("ZPlus") { On = LayerKinds.Add, Stabilizer = 0 }, ofLayer: 0),
            ["EqualSum"] = SumOf(new RuleSpec("Flat") { On = LayerKinds.Add, Stabilizer = 0 }, ofLayer: 1),

            // Behind the ReLU the mean 2 has no negative part, so that −R/(0 + ε) goes to ε = 1. Of the positive one, s = 2·2/(2 + 1).
            ["AlphaBetaOfMean"] = new(
                NetworkSpec.Sequential(Shape.Of(1, 2), new ReLU(), new AvgPool1d(2)),
                Rules(new RuleSpec("AlphaBeta", 2, 1) { On = LayerKinds.AveragePool, Stabilizer = 1 }),
                [],
                [1, 3],
                [2.0 / 3, 2])
            {
                Ledger = new() { ["0"] = default, ["1"] = new(0, (4.0 / 3) - 2, 0) },
            },

            // z = 0 has neither sign.
            ["GammaOf0"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear(bias: false)),
                Rules(new RuleSpec("Gamma", 0.25)) with { Seed = Seed.One },
                new() { ["0.weight"] = [1, -1] },
                [1, 1],
                [0, 0])
            {
                Ledger = new() { ["0"] = new(0, 0, 1) },
            },

            // γ/√(0 + 1) = 2: the weight becomes 2 and the bias 2·1 + 1, which is of the layer, not of the batch norm.
            ["FoldedBatchNorm"] = new(
                NetworkSpec.Sequential(Shape.Of(1), Linear(), new BatchNorm1d { Eps = 1 }),
                Rules(new RuleSpec("Epsilon", 0)),
                new()
                {
                    ["0.weight"] = [1],
                    ["0.bias"] = [1],
                    ["1.weight"] = [2],
                    ["1.bias"] = [1],
                    ["1.running_mean"] = [0],
                    ["1.running_var"] = [0],
                },
                [2],
                [4])
            {
                Ledger = new() { ["0"] = new(3, 0, 0), ["1"] = default },
            },

            // The first output sees 2 and 4 of the weights 1, 2, 4: it hands on six times what it has.
            ["GradientAtBorder"] = new(
                NetworkSpec.Sequential(Shape.Of(1, 2), new Conv1d(1, 3) { Padding = 1 }),
                Presets.Get("Gradient"),
                new() { ["0.weight"] = [1, 2, 4], ["0.bias"] = [3] },
                [1, 1],
                [2, 4])
            {
                Ledger = new() { ["0"] = new(0, 0, -5) },
            },

            // The gradient 1, 5 ends at the ReLU for the second input; for the first it is multiplied by 2.
            ["GradientTimesInput"] = new(
                NetworkSpec.Sequential(Shape.Of(2), new ReLU(), Linear(bias: false)),
                Presets.Get("InputTimesGradient"),
                new() { ["1.weight"] = [1, 5] },
                [2, -3],
                [2, 0])
            {
                Ledger = new() { ["input"] = new(0, 0, -1), ["0"] = new(0, 0, 5), ["1"] = new(0, 0, -5) },
            },

            // x + x = 4 and s = 4/(4 + 1), of which each x gets twice.
            ["Sum"] = new(
                NetworkSpec.Sequential(Shape.Of(1), new Add { Inputs = ["input", "input"] }),
                Rules(new RuleSpec("Epsilon", 1) { On = LayerKinds.Add }),
                [],
                [2],
                [3.2])
            {
                Ledger = new() { ["0"] = new(0, 0.8, 0) },
            },

            // Its gradient is handed on twice.
            ["GradientOfSum"] = new(
                NetworkSpec.Sequential(Shape.Of(1), new Add { Inputs = ["input", "input"] }),
                Presets.Get("Gradient"),
                [],
                [2],
                [2])
            {
                Ledger = new() { ["0"] = new(0, 0, -1) },
            },
        },
        tolerance: 1e-6);

    public static TheoryData<string, EngineKind> NamesAndEngines() => Examples.NamesAndEngines();

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void EntriesAreThoseWorkedOutByHand(string name, EngineKind engine) => Examples.Check(name, engine);

    /// <summary>
    /// Behind the ReLU a = [2, 0] and z = 3·2 − 2 = 4. The first share hands on 6 R = 24; of the second only the bias −2 is left, which
    /// takes −2 · 4/−2 = 4.
    /// </summary>
    [Fact]
    public void RuleOfAUserHasALedger()
    {
        const string source = """
            using LrpGen;
            using LrpGen.Rules;

            namespace Declared;

            [Share("a⁺ w⁺", Normalized = false)]
            [Share("a⁻ w⁻", Bias = "b⁻")]
            public sealed class OwnAttribute : RuleAttribute;

            [Own(Stabilizer = 0)]
            public readonly struct OwnComposite : IComposite;

            [Network(2)] [ReLU] [Linear(1)] [Explain<OwnComposite>]
            public sealed partial class Net;
            """;
        Assembly assembly = Compiler.Load(null, source);
        TensorDictionary weights = new();
        weights.Add("1.weight", [1, 2], new float[] { 3, 1 });
        weights.Add("1.bias", [1], new float[] { -2 });
        Ledger ledger = NetworkLibrary.Load(assembly, "Net", weights).Trace("OwnComposite", [2, -1], 0).Ledger!;
        Assert.Equal([new("0", "Pass", 24, 24, 0, 0, 0), new("1", "Own", 4, 24, 4, 0, -24)], ledger.Rows);
    }

    /// <summary>The relevance 1 of a function's first output.</summary>
    private static Example FromZero(
        LayerSpec function, int size, double[] input, double[] relevance, Absorbed absorbed, double stabilizer = 0) =>
        new(
            NetworkSpec.Sequential(Shape.Of(size), function),
            Rules(new RuleSpec("FromZero") { On = LayerKinds.OtherActivation, Stabilizer = stabilizer }) with { Seed = Seed.One },
            [],
            [.. input.Select(value => (float)value)],
            relevance)
        {
            Ledger = new() { ["0"] = absorbed },
        };

    private static Linear Linear(bool bias = true) => new(1) { Bias = bias };

    private static ExplanationSpec Rules(params RuleSpec[] rules) => new("Rules", rules);

    /// <summary>σ(−2).</summary>
    private static double Sigmoid => 1 / (1 + Math.Exp(2));

    /// <summary>3 and −1, which a layer makes of it, under a rule for the sum 2.</summary>
    private static Example SumOf(RuleSpec rule, double ofLayer) => new(
        NetworkSpec.Sequential(Shape.Of(1), Linear(bias: false), new Add { Inputs = ["input", "0"] }),
        Rules(rule, new RuleSpec("Epsilon", 0)),
        new() { ["0.weight"] = [-1 / 3f] },
        [3],
        [2])
    {
        Layers = new() { ["0"] = [ofLayer] },
        Ledger = new() { ["1"] = default },
    };
}
