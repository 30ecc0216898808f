using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>The presets, written down once more so that those of the library are tested.</summary>
internal static class Presets
{
    private const LayerKinds Convolution = LayerKinds.Convolution;
    private const LayerKinds Linear = LayerKinds.Linear;

    private static readonly RuleSpec Epsilon = new("Epsilon", 1e-6) { On = Linear };
    private static readonly RuleSpec Flat = new("Flat") { First = true };

    private static readonly ExplanationSpec[] All =
    [
        new("EpsilonPlus", new("ZPlus") { On = Convolution }, Epsilon),
        new("EpsilonPlusFlat", Flat, new("ZPlus") { On = Convolution }, Epsilon),
        new("EpsilonGammaBox", new("ZBox") { First = true, On = Convolution }, new("Gamma", 0.25) { On = Convolution }, Epsilon),
        new("EpsilonAlpha2Beta1", new("AlphaBeta", 2, 1) { On = Convolution }, Epsilon),
        new("EpsilonAlpha2Beta1Flat", Flat, new("AlphaBeta", 2, 1) { On = Convolution }, Epsilon),
        new("CPLRP", new("Epsilon", 1e-6), new("Gated")),
        new("AttnLRP", new("Epsilon", 1e-6), new("Halves"), new("Taylor") { On = LayerKinds.OtherActivation }),
        new(
            "GammaCPLRP",
            new("Epsilon", 1e-6) { On = LayerKinds.Projection },
            new("Gamma", 0.25) { On = Convolution },
            new("Gamma", 0.05) { On = Linear },
            new("Gated")),
        new("ExcitationBackprop", new("ZPlus"), new("Derivative") { On = LayerKinds.Activation }),
        new("Gradient", new RuleSpec("Derivative")) { Seed = Seed.One },
        new("InputTimesGradient", new RuleSpec("Derivative")) { Seed = Seed.One, TimesInput = true },
        new("GuidedBackprop", new("Guided"), new("Derivative")) { Seed = Seed.One },
        new("DeconvNet", new("Rectified"), new("Derivative")) { Seed = Seed.One },
        new("IntegratedGradients", new RuleSpec("Derivative")) { Seed = Seed.One, Procedure = new AlongPathSpec(32) },
        new("SmoothGrad", new RuleSpec("Derivative")) { Seed = Seed.One, Procedure = new WithNoiseSpec(16, 0.1) },
        new("Occlusion") { Seed = Seed.One, Procedure = new OccludeSpec(8, 4) },
        new("TaylorDecomposition", new RuleSpec("Derivative")) { Seed = Seed.One, Procedure = new AtRootSpec() },
    ];

    /// <summary>The preset of that name.</summary>
    /// <param name="bounds">Low and high, for a preset with the box rule.</param>
    public static ExplanationSpec Get(string name, params IReadOnlyList<double> bounds)
    {
        ExplanationSpec preset = All.Single(preset => preset.Name == name) with { Preset = name };
        return bounds is [double low, double high] ? preset with { Lows = [low], Highs = [high] } : preset;
    }
}
