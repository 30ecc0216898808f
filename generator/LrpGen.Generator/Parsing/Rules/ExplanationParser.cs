using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Parsing;

/// <summary>An <c>[Explain]</c> attribute: its composite, with what it replaces, resolved for the layers of a network.</summary>
internal static class ExplanationParser
{
    /// <summary>Parses an explanation; null if it has a fault.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="network">The network that it explains, so far without explanations.</param>
    /// <param name="reporter">Takes the faults.</param>
    public static Explanation? Parse(AttributeData attribute, Network network, Reporter reporter)
    {
        Arguments arguments = new(attribute, reporter);
        if (ParseComposite(attribute, arguments, reporter) is not { } composite)
        {
            return null;
        }

        string name = arguments.Text("Name") ?? composite.Name;
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            arguments.Fault(Descriptors.BadExplanationName, "Name", name);
        }

        Seed seed = ParseSeed(arguments, composite, network.Output);
        Mask? mask = composite.Procedure is null ? ParseMask(arguments, network) : null;
        List<ParameterValue> overrides = ParseOverrides(arguments, composite, network.Input.Variable is null ? network.Input[0] : 1);
        RuleTemplate[] rules = [.. composite.Rules.Select(rule => rule.With(overrides))];
        CheckThatBoundsAreOfUse(overrides, rules, arguments);
        Procedure? procedure = composite.Procedure?.With(overrides);
        bool consistent = rules.All(rule => ParameterParser.AreConsistent(arguments, rule.Parameters))
            && (procedure is null || ProcedureParser.IsConsistent(arguments, procedure));
        if (!consistent || Assign(procedure, new RuleAssigner(rules, network, overrides, arguments)) is not { } assignments)
        {
            return null;
        }

        Bounds? bounds = procedure is { Kind: ProcedureKind.AtRoot } ? BoundsOf(procedure) : BoundsOf(assignments, rules, overrides);
        Explanation explanation = new(name, composite.Name, seed, composite.TimesInput, mask, assignments, bounds, procedure);
        ProcedureParser.Check(arguments, explanation, network, rules.Length > 0);
        if (TokenGradients.Cancelling(network, explanation) is { } normalization)
        {
            arguments.Fault(Descriptors.TokenGradientCancels, null, composite.Name, normalization.Name, normalization.Kind);
        }

        return explanation;
    }

    /// <summary>The bounds within which a root is searched.</summary>
    private static Bounds? BoundsOf(Procedure search)
    {
        Bounds bounds = new(search[RuleParameter.Low].Values, search[RuleParameter.High].Values);
        return bounds.Lows.Count + bounds.Highs.Count > 0 ? bounds : null;
    }

    /// <summary>The bounds that a rule multiplies by, or by which z⁺ may take the input for positive.</summary>
    private static Bounds? BoundsOf(
        EquatableArray<Assignment> assignments, IReadOnlyList<RuleTemplate> rules, IReadOnlyList<ParameterValue> overrides)
    {
        if (assignments.Select(assignment => assignment.Rule).FirstOrDefault(rule => rule.Lows.Count > 0) is { } box)
        {
            return new Bounds(box.Lows, box.Highs);
        }

        bool asksForSign = rules.Any(rule => rule.When == Condition.NonNegativeInput);
        return asksForSign && overrides.FirstOrDefault(given => given.SaysNonNegative) is { } low ? new Bounds(low.Values, []) : null;
    }

    /// <summary>The explanation's seed, else the composite's.</summary>
    private static Seed ParseSeed(Arguments arguments, Composite composite, Shape output)
    {
        Seed seed = arguments.Has("Seed") ? arguments.Choice<Seed>("Seed") : composite.Seed;
        if (output.Size == 1 && !seed.IsAtTarget())
        {
            arguments.Fault(Descriptors.SeedOfOneOutput, "Seed", seed);
        }

        return seed;
    }

    private static Mask? ParseMask(Arguments arguments, Network network)
    {
        const string axis = "MaskAxis";
        if (arguments.Text("Mask") is not { } name)
        {
            if (arguments.Has(axis))
            {
                arguments.Fault(Descriptors.NoEffect, axis, axis, "Mask names no layer");
            }

            return null;
        }

        if (network.Layers.FirstOrDefault(candidate => candidate.Name == name) is not { } layer)
        {
            arguments.Fault(Descriptors.MaskedLayerNotFound, "Mask", name, string.Join(", ", network.Layers.Select(other => other.Name)));
            return null;
        }

        int rank = layer.Output.Rank;
        int? given = arguments.Has(axis) ? arguments.Integer(0, -rank, rank - 1, axis) : null;
        return new Mask(layer.Index, given < 0 ? given + rank : given);
    }

    private static Composite? ParseComposite(AttributeData attribute, Arguments arguments, Reporter reporter)
    {
        ITypeSymbol? type = attribute.AttributeClass?.TypeArguments.FirstOrDefault();
        if (type is null or IErrorTypeSymbol)
        {
            reporter.Fail();
            return null;
        }

        if (WhyNoComposite(type) is { } reason)
        {
            arguments.Fault(Descriptors.NotAComposite, null, type.ToDisplayString(), reason);
            return null;
        }

        Composite? composite = CompositeParser.Parse((INamedTypeSymbol)type, new Reporter());
        if (composite is null)
        {
            reporter.FailOrReport(type, Descriptors.NotAComposite, Place.Of(attribute), type.ToDisplayString(), "its rules have errors");
        }

        return composite;
    }

    /// <summary>The rule of every layer, unless the network only predicts.</summary>
    private static EquatableArray<Assignment>? Assign(Procedure? procedure, RuleAssigner rules) =>
        procedure is { OnlyPredicts: true } ? [] : rules.Assign();

    private static string? WhyNoComposite(ITypeSymbol type) => type switch
    {
        not { TypeKind: TypeKind.Struct } => "it is not a struct",
        _ when !type.AllInterfaces.Any(implemented => implemented.Is(KnownTypes.Composite)) => "it does not implement IComposite",
        _ when !type.GetAttributes().Any(IsRuleOrProcedure) => "it has no rule attributes",
        _ => null,
    };

    private static bool IsRuleOrProcedure(AttributeData attribute) =>
        attribute.AttributeClass.DerivesFrom(KnownTypes.Rule) || attribute.AttributeClass.DerivesFrom(KnownTypes.Procedure);

    /// <summary>The parameters that the explanation gives, as far as the composite has them.</summary>
    private static List<ParameterValue> ParseOverrides(Arguments arguments, Composite composite, int channels)
    {
        List<ParameterValue> overrides = [];
        foreach (RuleParameter parameter in (RuleParameter[])Enum.GetValues(typeof(RuleParameter)))
        {
            ParameterValue? single = ParameterParser.Parse(arguments, parameter);
            ParameterValue? perChannel = ParameterParser.ParsePerChannel(arguments, parameter, channels);
            if ((perChannel ?? single) is not { } value)
            {
                continue;
            }

            overrides.Add(value);
            string name = parameter.ToString();
            if (!composite.Uses(value))
            {
                string owner = parameter.IsOfRules() ? "rule" : "procedure";
                arguments.Fault(Descriptors.NoEffect, perChannel is null ? name : name + "s", name, $"no {owner} of {composite.Name} has it");
            }
            else if (single is not null && perChannel is not null)
            {
                arguments.Fault(Descriptors.NoEffect, name, name, $"{name}s replaces it");
            }
        }

        return overrides;
    }

    /// <summary>Reports a bound that is given where every rule that has it lacks the other one.</summary>
    private static void CheckThatBoundsAreOfUse(IReadOnlyList<ParameterValue> overrides, IReadOnlyList<RuleTemplate> rules, Arguments arguments)
    {
        foreach (ParameterValue bound in overrides.Where(given => given.Parameter is RuleParameter.Low or RuleParameter.High))
        {
            RuleParameter other = bound.Parameter == RuleParameter.Low ? RuleParameter.High : RuleParameter.Low;
            RuleTemplate[] concerned = [.. rules.Where(rule => rule.Uses(bound))];
            if (concerned.Length > 0 && concerned.All(rule => rule.Lacks(other)))
            {
                string? name = ParameterParser.GivenName(arguments, bound.Parameter);
                arguments.Fault(Descriptors.BadBounds, name, $"{bound.Parameter} is given without {other}");
            }
        }
    }
}
