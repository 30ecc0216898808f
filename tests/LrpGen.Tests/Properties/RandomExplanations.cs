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

    private static readonly Gen<RuleSpec> ActivationRule =
        from name in Gen.OneOf("Pass", "Derivative", "Guided", "Rectified", "FromZero")
        from kinds in Gen.OneOf(LayerKinds.ReLU, LayerKinds.OtherActivation, LayerKinds.Activation)
        select new RuleSpec(name) { On = kinds };

    /// <summary>Explanations of a network; layers that none of the drawn rules matches have the default of their kind.</summary>
    public static Gen<ExplanationSpec> For(NetworkSpec network, string name) =>
        from first in FirstRule(network)
        from named in NamedRule(network)
        from convolution in Optional(ShareRule.Select(rule => rule with { On = LayerKinds.Convolution }))
        from weighted in ShareRule
        from pool in Optional(ShareRule.Select(rule => rule with { On = LayerKinds.AveragePool }))
        from batchNorm in Optional(ShareRule.Select(rule => rule with { On = LayerKinds.BatchNorm }))
        from sum in Optional(ShareRule.Select(rule => rule with { On = LayerKinds.Add }))
        from activation in Optional(ActivationRule)
        from seed in SeedFor(network)
        from timesInput in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        from mask in Optional(Mask(network))
        from bounds in Bounds(first.Any(rule => rule.Name == "ZBox") ? network.Input.Channels : 0)
        select new ExplanationSpec(name, [.. first, .. named, .. convolution, weighted, .. pool, .. batchNorm, .. sum, .. activation])
        {
            Seed = seed,
            TimesInput = timesInput,
            Mask = mask.FirstOrDefault().Layer,
            Channels = mask.FirstOrDefault().Channels ?? [],
            Lows = bounds.Lows,
            Highs = bounds.Highs,
        };

    /// <summary>Any seed, but with one output none that needs others.</summary>
    private static Gen<Seed> SeedFor(NetworkSpec network) =>
        Shapes.Of(network)[^1].Output.Size == 1 ? Gen.OneOf(Seed.Logit, Seed.One) : Gen.Enum<Seed>();

    /// <summary>A rule for the first layer with weights; the box rule only where the layer sees the network's input.</summary>
    private static Gen<RuleSpec[]> FirstRule(NetworkSpec network)
    {
        bool seesInput = BatchNormFolding.Fold(network).Layers
            .TakeWhile(layer => layer.Op is not ("Linear" or "Conv1d" or "Conv2d"))
            .All(layer => layer.Op is "Flatten" or "Identity" or "Dropout" || layer.Op.Contains("Pool", StringComparison.Ordinal));
        Gen<RuleSpec> box = Gen.Const(new RuleSpec("ZBox"));
        return Optional(Gen.Frequency((1, OtherShareRule), (seesInput ? 2 : 0, box)).Select(rule => rule with { First = true }));
    }

    /// <summary>A rule for one layer with weights.</summary>
    private static Gen<RuleSpec[]> NamedRule(NetworkSpec network)
    {
        string[] names = [.. network.Layers.Where(layer => layer.Op is "Linear" or "Conv1d" or "Conv2d").Select(layer => layer.Name)];
        return names.Length == 0
            ? Gen.Const(Array.Empty<RuleSpec>())
            : Optional(Gen.Select(OtherShareRule, Gen.OneOf(names)).Select((rule, layer) => rule with { Layer = layer }));
    }

    /// <summary>A layer and some of its channels.</summary>
    private static Gen<(string Layer, int[] Channels)> Mask(NetworkSpec network) =>
        from layer in Gen.Int[0, network.Layers.Count - 1]
        from channels in Gen.Int[0, Shapes.Of(network)[layer].Output.Channels - 1].Array[1, 4]
        select (network.Layers[layer].Name, channels);

    /// <summary>Bounds for all channels, or one for each; none without channels.</summary>
    private static Gen<(double[] Lows, double[] Highs)> Bounds(int channels) =>
        from count in Gen.OneOf(Math.Min(1, channels), channels)
        from lows in Gen.Double[-3, -1].Array[count]
        from highs in Gen.Double[1, 3].Array[count]
        select (lows, highs);

    private static Gen<T[]> Optional<T>(Gen<T> value) =>
        Gen.Bool.SelectMany(present => present ? value.Select(value => (T[])[value]) : Gen.Const(Array.Empty<T>()));
}
