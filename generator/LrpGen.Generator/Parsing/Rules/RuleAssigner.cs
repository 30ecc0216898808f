using LrpGen.Generator.Analysis;
using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>Finds the rule of every layer that needs one: the first of a composite that matches it, or the default of its kind.</summary>
/// <param name="rules">The composite's, with what the explanation replaces.</param>
/// <param name="network">The network, so far without explanations.</param>
/// <param name="overrides">What the explanation gives.</param>
/// <param name="explanation">The explanation's attribute, for faults.</param>
internal sealed class RuleAssigner(
    IReadOnlyList<RuleTemplate> rules, Network network, IReadOnlyList<ParameterValue> overrides, Arguments explanation)
{
    private const LayerKinds Weighted = LayerKinds.Linear | LayerKinds.Convolution | LayerKinds.Projection;

    private readonly int first = network.Layers.FirstOrDefault(layer => (layer.Operation.RuleKind & Weighted) != 0)?.Index ?? -1;

    private readonly bool givesBounds = new[] { RuleParameter.Low, RuleParameter.High }
        .All(bound => overrides.Any(given => given.Parameter == bound));

    private readonly Sign input = InputSign(overrides);

    private readonly EquatableArray<Sign> signs = SignInference.Outputs(network, InputSign(overrides));

    /// <summary>The rule of every layer that needs one; null after a fault, which is reported.</summary>
    public EquatableArray<Assignment>? Assign()
    {
        foreach (RuleTemplate rule in rules.Where(rule => rule.Layer is not null))
        {
            CheckLayer(rule, [.. network.Layers.Where(layer => IsNamed(rule, layer))]);
        }

        List<Assignment> assignments = [];
        foreach (Layer layer in network.Layers.Where(layer => layer.Operation.RuleKind != LayerKinds.None))
        {
            if (!explanation.Valid || RuleOf(layer) is not { } rule)
            {
                return null;
            }

            assignments.Add(new Assignment(layer.Index, rule));
        }

        CheckSimpleGamma(assignments);
        return explanation.Valid ? assignments.ToEquatableArray() : null;
    }

    /// <summary>Warns of the first layer whose rule has γ in its simple form, but whose input may be negative.</summary>
    private void CheckSimpleGamma(IReadOnlyList<Assignment> assignments)
    {
        if (assignments.FirstOrDefault(assigned => assigned.Rule.HasSimpleGamma && InputOf(network.Layers[assigned.Layer]) == Sign.Any) is { } found)
        {
            Layer layer = network.Layers[found.Layer];
            explanation.Fault(Descriptors.SimpleGamma, null, found.Rule.Name, layer.Name, layer.Kind);
        }
    }

    private Sign InputOf(Layer layer) => SignInference.Input(layer, signs, input);

    private static Sign InputSign(IReadOnlyList<ParameterValue> overrides) =>
        overrides.Any(given => given.SaysNonNegative) ? Sign.NonNegative : Sign.Any;

    /// <summary>Whether a rule names a layer, or what it is a part of.</summary>
    private static bool IsNamed(RuleTemplate rule, Layer layer) => rule.Layer == layer.Name || rule.Layer == layer.PartOf;

    private void CheckLayer(RuleTemplate rule, IReadOnlyList<Layer> named)
    {
        if (named.Count == 0)
        {
            string known = string.Join(", ", network.Layers.Select(other => other.Name));
            explanation.Fault(Descriptors.LayerNotFound, null, rule.Layer!, rule.Name, known);
        }
        else if (!named.Any(layer => rule.IsFor(layer.Operation.RuleKind)))
        {
            DoesNotApply(rule, named[named.Count - 1], "its On does not name that kind of layer");
        }
    }

    private Rule? RuleOf(Layer layer)
    {
        LayerKinds kind = layer.Operation.RuleKind;
        if (rules.FirstOrDefault(candidate => Matches(candidate, layer, kind)) is not { } template)
        {
            return layer.Operation.DefaultRule ?? Fault(Descriptors.NoRule, layer.Name, layer.Kind);
        }

        return WhySilent(template, kind) is { } reason ? DoesNotApply(template, layer, reason)
            : (kind & (LayerKinds.Activation | LayerKinds.Multiply | LayerKinds.Attention)) != 0 ? template.ToRule()
            : ShareRule(template, layer);
    }

    private bool Matches(RuleTemplate rule, Layer layer, LayerKinds kind) =>
        rule.IsFor(kind)
        && (WhySilent(rule, kind) is null || IsAlwaysSilent(rule))
        && (!rule.First || IsFirst(layer))
        && (rule.Layer is null || IsNamed(rule, layer))
        && rule.When switch
        {
            Condition.BoundsGiven => givesBounds,
            Condition.NonNegativeInput => InputOf(layer) == Sign.NonNegative,
            _ => true,
        };

    /// <summary>Whether it is the first layer with weights, or another part of the same declared layer that reads what that reads.</summary>
    private bool IsFirst(Layer layer) => layer.Index == first
        || (layer.PartOf is { } whole
            && whole == network.Layers[first].PartOf
            && layer.Inputs.All(input => input < 0 || network.Layers[input].PartOf != whole));

    /// <summary>
    /// Whether a rule is only for layers of which it says nothing. One that is for others too leaves these to the rules behind it.
    /// </summary>
    private static bool IsAlwaysSilent(RuleTemplate rule) =>
        rule.Layer is not null || RuleKinds.All.All(kind => !rule.IsFor(kind) || WhySilent(rule, kind) is not null);

    /// <summary>Why a rule says nothing of a kind of layers; null if it does.</summary>
    private static string? WhySilent(RuleTemplate rule, LayerKinds kind) => kind switch
    {
        LayerKinds.ReLU or LayerKinds.OtherActivation =>
            rule.Gate is null or Gate.Half ? "it does not say what activations do (it has no [Gate])" : null,
        LayerKinds.Attention => rule.Gate == Gate.Derivative || (rule.Gate is Gate.Pass or Gate.Half && rule.IsProportional)
            ? null
            : "of attention only [Gate(Gate.Derivative)], and Pass and Half with [Share(\"a w\")], say something",
        LayerKinds.Multiply =>
            rule.Gate is null or Gate.FromZero or Gate.Taylor ? "it does not say what products do (it has no [Gate])" : null,
        LayerKinds.Scale when rule.Gate == Gate.Pass => null,
        LayerKinds.Normalization =>
            rule.IsForNormalizations ? null : "of normalisations only shares of a w, the derivative and [Gate(Gate.Pass)] say something",
        _ when rule.Shares.Count == 0 =>
            "it does not say how layers with weights share (it has no [Share])",
        _ => null,
    };

    private Rule? ShareRule(RuleTemplate template, Layer layer)
    {
        if (template.IsBox && !ReadsNetworkInput(layer, template.Parameters.Any(bound => bound.Values.Count > 1)))
        {
            return Fault(Descriptors.BoxOffFirstLayer, template.Name, layer.Name, layer.Kind);
        }

        if (template.Parameters.FirstOrDefault(parameter => parameter.Values.Count == 0) is { } missing)
        {
            return missing.Parameter is RuleParameter.Low or RuleParameter.High
                ? Fault(Descriptors.BoxWithoutBounds, template.Name, layer.Name, layer.Kind)
                : Fault(Descriptors.ParameterWithoutValue, template.Name, missing.Parameter, missing.Parameter.ToString().ToLowerInvariant());
        }

        return template.ToRule();
    }

    /// <summary>Whether the layer sees the network's input within its bounds: those before it only select, average or do nothing.</summary>
    /// <param name="byChannel">Whether the bounds differ from channel to channel.</param>
    private bool ReadsNetworkInput(Layer layer, bool byChannel) =>
        IsFirst(layer)
        && network.Layers.Take(first).All(before => byChannel ? before.Operation.KeepsBoundsOfChannels : before.Operation.KeepsBounds);

    private Rule? DoesNotApply(RuleTemplate template, Layer layer, string reason) =>
        Fault(Descriptors.RuleDoesNotApply, template.Name, layer.Name, layer.Kind, reason);

    private Rule? Fault(DiagnosticDescriptor descriptor, params object[] arguments)
    {
        explanation.Fault(descriptor, null, arguments);
        return null;
    }
}
