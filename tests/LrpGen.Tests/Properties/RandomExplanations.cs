using CsCheck;
using LrpGen.Rules;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Random composites: every rule with random parameters, by kind of layer, by name and for the first layer.</summary>
internal static class RandomExplanations
{
    private const LayerKinds Weighted = LayerKinds.Linear | LayerKinds.Convolution;

    private static readonly Gen<RuleSpec> EpsilonRule =
        from ε in Gen.OneOf(0, 1e-6, 0.01, 0.25)
        from zeroBias in Gen.Bool
        select new RuleSpec("Epsilon", ε) { ZeroBias = zeroBias };

    private static readonly Gen<RuleSpec> OtherShareRule =
        from rule in Gen.OneOf(
            Gen.Int[0, 10].Select(tenths => new RuleSpec("Gamma", tenths / 10.0)),
            Gen.Int[0, 8].Select(quarters => new RuleSpec("AlphaBeta", 1 + (quarters / 4.0), quarters / 4.0)),
            Gen.OneOf("ZPlus", "WSquare", "Flat").Select(name => new RuleSpec(name)))
        from stabilizer in Gen.OneOf(1e-6, 1e-6, 0, 0.1)
        from zeroBias in Gen.Bool
        select rule with { Stabilizer = stabilizer, ZeroBias = zeroBias };

    private static readonly Gen<RuleSpec> DerivativeRule = Gen.Const(new RuleSpec("Derivative") { On = Weighted });

    private static readonly Gen<RuleSpec> ShareRule = Gen.Frequency((4, EpsilonRule), (8, OtherShareRule), (1, DerivativeRule));

    /// <summary>What normalisations take: shares of a w, and what needs no shares.</summary>
    private static readonly Gen<RuleSpec> NormalizationRule = Gen.OneOf(
        EpsilonRule,
        Gen.OneOf("Norm", "Derivative", "Pass").Select(name => new RuleSpec(name)));

    private static readonly Gen<RuleSpec> ScaleRule = Gen.Frequency((3, ShareRule), (1, Gen.Const(new RuleSpec("Pass"))));

    private static readonly Gen<RuleSpec> ProductRule = Gen.OneOf(
        Gen.Select(Gen.OneOf("Gated", "Halves"), Gen.OneOf(1e-6, 0.1), (name, stabilizer) => new RuleSpec(name) { Stabilizer = stabilizer }),
        Gen.Const(new RuleSpec("Derivative")));

    /// <summary>The kinds beside linear layers, convolutions and activations, with rules for them.</summary>
    private static readonly (LayerKinds Kind, Gen<RuleSpec> Rule)[] Others =
    [
        (LayerKinds.AveragePool, ShareRule),
        (LayerKinds.BatchNorm, ShareRule),
        (LayerKinds.Add, ShareRule),
        (LayerKinds.Position, ShareRule),
        (LayerKinds.Upsample, ShareRule),
        (LayerKinds.Scale, ScaleRule),
        (LayerKinds.Normalization, NormalizationRule),
        (LayerKinds.Multiply, ProductRule),
        (LayerKinds.MatMul, ProductRule),
        (LayerKinds.Attention, ProductRule),
        (LayerKinds.Projection, ShareRule),
    ];

    private static readonly string[] PresetNames =
    [
        "EpsilonPlus", "EpsilonPlusFlat", "EpsilonAlpha2Beta1", "EpsilonAlpha2Beta1Flat", "CPLRP", "AttnLRP", "GammaCPLRP", "ExcitationBackprop",
        "Gradient", "InputTimesGradient", "GuidedBackprop", "DeconvNet",
    ];

    /// <summary>Explanations of a network: presets, or rules of which layers that none matches have the default of their kind.</summary>
    public static Gen<ExplanationSpec> For(NetworkSpec network, string name) =>
        from explanation in Gen.Frequency(
            (3, Composite(network, name)),
            (1, Gen.OneOf(PresetNames).Select(preset => Presets.Get(preset) with { Name = name })))
        from masked in Gen.OneOf(Gen.Const(explanation), Masked(network, explanation))
        select masked;

    private static Gen<ExplanationSpec> Composite(NetworkSpec network, string name) =>
        from first in FirstRule(network)
        from named in NamedRule(network)
        from convolution in RandomLayers.Optional(ShareRule.Select(rule => rule with { On = LayerKinds.Convolution }))
        from weighted in ShareRule
        from others in Each(Others)
        from activation in RandomLayers.Optional(ActivationRule(network))
        from seed in SeedFor(network)
        from timesInput in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        from bounds in Bounds(first.Any(rule => rule.Name == "ZBox") ? ChannelsOfBounds(network) : 0)
        select new ExplanationSpec(name, [.. first, .. named, .. convolution, weighted, .. others, .. activation])
        {
            Seed = seed,
            TimesInput = timesInput,
            Lows = bounds.Lows,
            Highs = bounds.Highs,
        };

    /// <summary>A rule for each kind, or for some.</summary>
    private static Gen<RuleSpec[]> Each(ReadOnlyMemory<(LayerKinds Kind, Gen<RuleSpec> Rule)> kinds) => kinds.Length == 0
        ? Gen.Const(Array.Empty<RuleSpec>())
        : from first in RandomLayers.Optional(kinds.Span[0].Rule.Select(rule => rule with { On = kinds.Span[0].Kind }))
          from others in Each(kinds[1..])
          select (RuleSpec[])[.. first, .. others];

    /// <summary>FromZero is not for LogSigmoid, whose values come near to 0, and Taylor is for what is no ReLU.</summary>
    private static Gen<RuleSpec> ActivationRule(NetworkSpec network) =>
        from name in Gen.OneOf([.. new[] { "Pass", "Derivative", "Guided", "Rectified", "FromZero", "Taylor" }
            .Where(name => name != "FromZero" || !network.Layers.Any(layer => layer is LogSigmoid))])
        from kinds in name == "Taylor"
            ? Gen.Const(LayerKinds.OtherActivation)
            : Gen.OneOf(LayerKinds.ReLU, LayerKinds.OtherActivation, LayerKinds.Activation)
        select new RuleSpec(name) { On = kinds };

    /// <summary>Any seed, but with one output none that needs others.</summary>
    private static Gen<Seed> SeedFor(NetworkSpec network) =>
        network.Outputs()[^1].Size == 1 ? Gen.OneOf(Seed.Logit, Seed.One) : Gen.Enum<Seed>();

    /// <summary>A rule for the first layer with weights; the box rule only where the layer sees the network's input.</summary>
    private static Gen<RuleSpec[]> FirstRule(NetworkSpec network) => RandomLayers.Optional(
        Gen.Frequency((1, OtherShareRule), (BeforeWeights(network).All(layer => layer.KeepsBounds) ? 2 : 0, Gen.Const(new RuleSpec("ZBox"))))
            .Select(rule => rule with { First = true }));

    private static IEnumerable<LayerSpec> BeforeWeights(NetworkSpec network) =>
        BatchNormFolding.Fold(network).Layers.TakeWhile(layer => layer is not WeightedSpec);

    /// <summary>How many bounds there may be: one for each channel, if these are as in the input where the bounds are needed.</summary>
    private static int ChannelsOfBounds(NetworkSpec network) =>
        !network.IsVariable && BeforeWeights(network).All(layer => layer is Flatten or Identity or Dropout or PoolSpec) ? network.Input[0] : 1;

    /// <summary>A rule for one layer with weights.</summary>
    private static Gen<RuleSpec[]> NamedRule(NetworkSpec network)
    {
        string[] names = [.. network.Layers.Where(layer => layer is WeightedSpec).Select(layer => layer.Name)];
        return names.Length == 0
            ? Gen.Const(Array.Empty<RuleSpec>())
            : RandomLayers.Optional(Gen.Select(OtherShareRule, Gen.OneOf(names)).Select((rule, layer) => rule with { Layer = layer }));
    }

    /// <summary>A layer and some of its channels, if it is said of any layer which these are, or some positions along any axis.</summary>
    private static Gen<ExplanationSpec> Masked(NetworkSpec network, ExplanationSpec explanation)
    {
        NetworkSpec shortest = network.OfLength(network.Lengths.First());
        (LayerSpec First, Shape Second, int? Third)[] layers = [.. shortest.Layers.Zip(shortest.Outputs(), shortest.ChannelAxes())];
        (string Name, int? Axis, int Count)[] places =
        [
            .. from layer in layers
               let heads = (layer.First as ScaledDotProductAttention)?.Heads
               where heads is not null || layer.Third is not null
               select (layer.First.Name, (int?)null, heads ?? layer.Second[layer.Third ?? 0]),
            .. from layer in layers
               from axis in Enumerable.Range(-layer.Second.Rank, 2 * layer.Second.Rank)
               select (layer.First.Name, (int?)axis, layer.Second[axis]),
        ];
        return from place in Gen.OneOf(places)
               from channels in Gen.Int[0, place.Count - 1].Array[1, 4]
               select explanation with { Mask = place.Name, MaskAxis = place.Axis, Channels = channels };
    }

    /// <summary>Bounds for all channels, or one for each; none without channels.</summary>
    private static Gen<(double[] Lows, double[] Highs)> Bounds(int channels) =>
        from count in Gen.OneOf(Math.Min(1, channels), channels)
        from lows in Gen.Double[-3, -1].Array[count]
        from highs in Gen.Double[1, 3].Array[count]
        select (lows, highs);
}
