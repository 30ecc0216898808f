using LrpGen.Generator.Basics;
using LrpGen.Generator.Model;
using LrpGen.Generator.Rules;

namespace LrpGen.Tests.Parsing;

using Explanation = LrpGen.Generator.Model.Explanation;

public class ExplanationParserTests
{
    /// <summary>Every kind of layer that needs a rule; batch norm 1 is folded, batch norm 4 cannot be because the convolution pads.</summary>
    private const string AllKinds = """
        [Network(2, 8, 8)]
        [Conv2d(4, 3)] [BatchNorm2d] [ReLU] [AvgPool2d(2)]
        [BatchNorm2d] [Conv2d(4, 3, Padding = 1)] [GELU] [Flatten]
        [Linear(3)] [Softmax] [Linear(2)]
        """;

    private const string SevenDerivatives = "Derivative | Derivative | Derivative | Derivative | Derivative | Derivative | Derivative";

    private const string Mlp = "[Network(3)] [Linear(8)] [ReLU] [Linear(2)]";

    // 0 Conv2d | 2 ReLU | 3 AvgPool2d | 4 BatchNorm2d | 5 Conv2d | 6 GELU | 8 Linear | 9 Softmax | 10 Linear
    [Theory]
    [InlineData("EpsilonPlus", "ZPlus | Pass | Norm | Epsilon(1e-6) | ZPlus | Pass | Epsilon(1e-6) | Pass | Epsilon(1e-6)")]
    [InlineData("EpsilonPlusFlat", "Flat | Pass | Norm | Epsilon(1e-6) | ZPlus | Pass | Epsilon(1e-6) | Pass | Epsilon(1e-6)")]
    [InlineData(
        "EpsilonAlpha2Beta1",
        "AlphaBeta(2, 1) | Pass | Norm | Epsilon(1e-6) | AlphaBeta(2, 1) | Pass | Epsilon(1e-6) | Pass | Epsilon(1e-6)")]
    [InlineData("EpsilonAlpha2Beta1Flat", "Flat | Pass | Norm | Epsilon(1e-6) | AlphaBeta(2, 1) | Pass | Epsilon(1e-6) | Pass | Epsilon(1e-6)")]
    [InlineData("ExcitationBackprop", "ZPlus | Derivative | Norm | Epsilon(1e-6) | ZPlus | Derivative | ZPlus | Derivative | ZPlus")]
    [InlineData("DeepTaylor", "WSquare | Pass | Norm | Epsilon(1e-6) | ZPlus | Pass | ZPlus | Pass | ZPlus")]
    [InlineData("Gradient", $"Derivative | Derivative | {SevenDerivatives}")]
    [InlineData("InputTimesGradient", $"Derivative | Derivative | {SevenDerivatives}")]
    [InlineData("GuidedBackprop", $"Derivative | Guided | {SevenDerivatives}")]
    [InlineData("DeconvNet", $"Derivative | Rectified | {SevenDerivatives}")]
    public void Preset_gives_every_layer_its_rule(string preset, string rules) =>
        Assert.Equal(rules, Rules($"{AllKinds} [Explain<{preset}>]"));

    [Fact]
    public void EpsilonGammaBox_has_the_box_at_a_first_convolution() => Assert.Equal(
        "ZBox(-1, 1) | Pass | Norm | Epsilon(1e-6) | Gamma(0.25) | Pass | Epsilon(1e-6) | Pass | Epsilon(1e-6)",
        Rules($"{AllKinds} [Explain<EpsilonGammaBox>(Low = -1, High = 1)]"));

    [Fact]
    public void EpsilonGammaBox_has_no_box_where_the_first_layer_is_linear() =>
        Assert.Equal("Epsilon(1e-6) | Pass | Epsilon(1e-6)", Rules($"{Mlp} [Explain<EpsilonGammaBox>]"));

    [Fact]
    public void DeepTaylor_takes_the_box_if_there_are_bounds() =>
        Assert.Equal("ZBox(0, 1) | Pass | ZPlus", Rules($"{Mlp} [Explain<DeepTaylor>(Low = 0, High = 1)]"));

    [Fact]
    public void DeepTaylor_takes_ZPlus_if_the_first_layer_sees_nothing_negative() =>
        Assert.Equal("Pass | ZPlus", Rules("[Network(3)] [ReLU] [Linear(2)] [Explain<DeepTaylor>]"));

    [Theory]
    [InlineData("[Linear(8)]", "Low = 0", "ZPlus | ZPlus")]
    [InlineData("[Linear(8)]", "Lows = [0, 1, 0.5]", "ZPlus | ZPlus")]
    [InlineData("[Linear(8)]", "Low = 0, High = 1", "ZBox(0, 1) | ZPlus")]
    [InlineData("[Tanh] [Linear(8)]", "Low = 0", "Pass | ZPlus | ZPlus")]
    [InlineData("[BatchNorm1d] [Tanh] [Linear(8)]", "Low = 0", "Epsilon(1e-6) | Pass | WSquare | ZPlus")]
    public void DeepTaylor_takes_ZPlus_if_the_bound_says_that_no_input_is_negative(string layers, string bounds, string rules) =>
        Assert.Equal(rules, Rules($"[Network(3)] {layers} [Linear(2)] [Explain<DeepTaylor>({bounds})]"));

    [Theory]
    [InlineData("Gradient", null)]
    [InlineData("IntegratedGradients", "AlongPath(Steps = 32, Baseline = 0)")]
    [InlineData("IntegratedGradients>(Steps = 5, Baseline = -0.5)", "AlongPath(Steps = 5, Baseline = -0.5)")]
    [InlineData("SmoothGrad", "WithNoise(Samples = 16, Noise = 0.1, RandomSeed = 0)")]
    [InlineData("SmoothGrad>(RandomSeed = -7, Samples = 3, Noise = 0)", "WithNoise(Samples = 3, Noise = 0, RandomSeed = -7)")]
    [InlineData("SmoothGrad>(RandomSeed = 1234567890)", "WithNoise(Samples = 16, Noise = 0.1, RandomSeed = 1234567890)")]
    [InlineData("Occlusion>(Window = 2, Stride = 1)", "Occlude(Window = 2, Stride = 1, Baseline = 0)")]
    [InlineData("TaylorDecomposition", "AtRoot()")]
    [InlineData("TaylorDecomposition>(Low = -1)", "AtRoot(Low = -1)")]
    [InlineData("TaylorDecomposition>(Lows = new double[] { 0, 1, 2 }, High = 3)", "AtRoot(Low = [0, 1, 2], High = 3)")]
    [InlineData("Own>(High = 5)", "AtRoot(Low = -2, High = 5)")]
    public void Procedure_has_the_parameters_of_its_composite_or_those_that_replace_them(string explanation, string? procedure) => Assert.Equal(
        procedure,
        Only(
            $"{Mlp} [Explain<{explanation}{(explanation.Contains('>') ? "" : ">")}]",
            "[Derivative] [Start(Seed.One)] [AtRoot(-2, 2)] struct Own : IComposite;").Procedure?.Display);

    [Fact]
    public void First_matching_rule_wins() => Assert.Equal(
        "Flat | Pass | Gamma(2)",
        Rules($"{Mlp} [Explain<Own>]", """[Flat(Layer = "0")] [Gamma(2)] [Epsilon] struct Own : IComposite;"""));

    /// <summary>ε and z⁺ say nothing of activations.</summary>
    [Theory]
    [InlineData("[Epsilon(0.5, On = LayerKinds.All)]", "Epsilon(0.5) | Pass | Epsilon(0.5) | Pass | Epsilon(0.5)")]
    [InlineData("[ZPlus(On = LayerKinds.All)]", "ZPlus | Pass | ZPlus | Pass | ZPlus")]
    [InlineData("[Pass(On = LayerKinds.All)] [Epsilon]", "Epsilon(1e-6) | Pass | Epsilon(1e-6) | Pass | Epsilon(1e-6)")]
    [InlineData("[ZPlus(On = LayerKinds.All)] [Guided(On = LayerKinds.All)]", "ZPlus | Guided | ZPlus | Guided | ZPlus")]
    public void Rule_for_several_kinds_leaves_those_of_which_it_says_nothing(string rules, string expected) => Assert.Equal(
        expected,
        Rules("[Network(3)] [BatchNorm1d] [ReLU] [Linear(4)] [Tanh] [Linear(2)] [Explain<Own>]", $"{rules} struct Own : IComposite;"));

    [Fact]
    public void Bound_of_a_rule_goes_with_one_that_is_given() => Assert.Equal(
        "ZBox(-1, 1) | Pass | Epsilon(1e-6)",
        Rules($"{Mlp} [Explain<Own>(Low = -1)]", "[ZBox(0, 1, First = true)] [Epsilon] struct Own : IComposite;"));

    [Fact]
    public void Override_replaces_the_parameter_in_every_rule_that_has_it() => Assert.Equal(
        "Epsilon(0.5) | Pass | Gamma(0.1)",
        Rules($"{Mlp} [Explain<Own>(Epsilon = 0.5, Gamma = 0.1)]", """[Epsilon(0, Layer = "0")] [Gamma(2)] struct Own : IComposite;"""));

    [Fact]
    public void Bounds_per_channel_replace_those_of_the_rule()
    {
        Rule rule = Only(
            "[Network(2, 4, 4)] [Conv2d(1, 3)] [Explain<Own>(Lows = new[] { -2, -1.5 }, High = 3)]",
            "[ZBox(0, 1)] struct Own : IComposite;").Assignments[0].Rule;

        Assert.Equal([-2, -1.5], rule.Lows);
        Assert.Equal([3], rule.Highs);
        Assert.Equal("ZBox([-2, -1.5], 3)", rule.Display);
    }

    [Fact]
    public void Epsilon_is_the_stabilizer_of_its_rule_and_Stabilizer_that_of_the_others()
    {
        EquatableArray<Assignment> assignments = Only(
            $"{Mlp} [Explain<Own>(Stabilizer = 0.125)]", """[Epsilon(0.5, Layer = "0")] [ZPlus] struct Own : IComposite;""").Assignments;

        Assert.Equal(0.5, assignments[0].Rule.Stabilizer);
        Assert.Equal(0.125, assignments[2].Rule.Stabilizer);
    }

    [Fact]
    public void ZeroBias_takes_the_bias_out_of_the_denominator() =>
        Assert.All(
            Only($"{Mlp} [Explain<Own>]", "[AlphaBeta(2, 1, ZeroBias = true)] struct Own : IComposite;").Assignments[0].Rule.Shares,
            share => Assert.Equal(BiasPart.None, share.Bias));

    [Fact]
    public void Formula_of_AlphaBeta_becomes_two_scaled_shares() => Assert.Equal(
        [
            new Share(
                [new Term(1, InputPart.APositive, WeightPart.WPositive), new Term(1, InputPart.ANegative, WeightPart.WNegative)],
                BiasPart.BPositive, 3, OutputSign.Any, Normalized: true),
            new Share(
                [new Term(1, InputPart.APositive, WeightPart.WNegative), new Term(1, InputPart.ANegative, WeightPart.WPositive)],
                BiasPart.BNegative, -2, OutputSign.Any, Normalized: true),
        ],
        Only($"{Mlp} [Explain<Own>]", "[AlphaBeta(3, 2)] struct Own : IComposite;").Assignments[0].Rule.Shares);

    [Fact]
    public void Rule_of_a_user_is_read_from_its_class()
    {
        Rule rule = Only($"{Mlp} [Explain<Own>]", """
            [Share("a+ (w+gammaw+) - w2", Bias = "b+", Where = "z > 0", Normalized = false)]
            [Gate(Gate.Rectified)]
            class HalfAttribute(float gamma) : RuleAttribute;

            [Half(0.5f, On = LayerKinds.All)]
            struct Own : IComposite;
            """).Assignments[1].Rule;

        Assert.Equal("Half(0.5)", rule.Display);
        Assert.Equal(Gate.Rectified, rule.Gate);
        Assert.Equal(
            [
                new Share(
                    [new Term(1, InputPart.APositive, WeightPart.WGammaPositive), new Term(-1, InputPart.One, WeightPart.WSquared)],
                    BiasPart.BPositive, 1, OutputSign.Positive, Normalized: false),
            ],
            rule.Shares);
    }

    [Theory]
    [InlineData("[Explain<Gradient>]", "Gradient", "One", false)]
    [InlineData("[Explain<InputTimesGradient>(Seed = Seed.Logit)]", "InputTimesGradient", "Logit", true)]
    [InlineData("""[Explain<DeepTaylor>(Name = "Fine")]""", "Fine", "Logit", false)]
    public void Name_and_start_come_from_the_explanation_else_from_the_composite(string attribute, string name, string seed, bool timesInput)
    {
        Explanation explanation = Only($"{Mlp} {attribute}");

        Assert.Equal((name, seed, timesInput), (explanation.Name, explanation.Seed.ToString(), explanation.TimesInput));
    }

    private static string Rules(string attributes, string otherTypes = "") =>
        string.Join(" | ", Only(attributes, otherTypes).Assignments.Select(assignment => assignment.Rule.Display));

    private static Explanation Only(string attributes, string otherTypes = "") =>
        Assert.Single(Declaration.Parse(attributes, otherTypes).Explanations);
}
