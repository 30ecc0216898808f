using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>A rule attribute of a composite.</summary>
internal static class RuleParser
{
    /// <summary>Initial value of the runtime's <c>RuleAttribute.Stabilizer</c>.</summary>
    private const double DefaultStabilizer = 1e-6;

    /// <summary>Parses a rule attribute; null if it has a fault.</summary>
    public static RuleTemplate? Parse(AttributeData attribute, Reporter reporter)
    {
        if (attribute is not { AttributeClass: { } ruleClass, AttributeConstructor: not null })
        {
            reporter.Fail();
            return null;
        }

        if (ParseClass(attribute, ruleClass, reporter) is not { } meaning)
        {
            return null;
        }

        Arguments arguments = new(attribute, reporter);
        EquatableArray<ParameterValue> parameters = ParseParameters(arguments, meaning);
        bool zeroBias = arguments.Flag("ZeroBias", false);
        RuleTemplate template = new(
            attribute.ShortName(),
            zeroBias ? meaning.Shares.Select(share => share with { Bias = BiasPart.None }).ToEquatableArray() : meaning.Shares,
            meaning.Gate,
            parameters,
            (LayerKinds)arguments.Integer((int)meaning.UsuallyOn, 0, "On"),
            arguments.Flag("First", false),
            arguments.Text("Layer"),
            arguments.Choice<Condition>("When"));
        return arguments.Valid && ParameterParser.AreConsistent(arguments, parameters) ? template : null;
    }

    /// <summary>Faults of a rule's class are shown there, but on the attribute if the class is not in the source.</summary>
    private static RuleMeaning? ParseClass(AttributeData attribute, INamedTypeSymbol ruleClass, Reporter reporter)
    {
        RuleMeaning? meaning = RuleClassParser.Parse(ruleClass, new Reporter());
        if (meaning is null)
        {
            reporter.FailOrReport(ruleClass, Descriptors.RuleWithoutMeaning, Place.Of(attribute), ruleClass.Name);
        }

        return meaning;
    }

    /// <summary>The parameters that the attribute gives or the formula names, and the stabiliser.</summary>
    private static EquatableArray<ParameterValue> ParseParameters(Arguments arguments, RuleMeaning meaning)
    {
        List<ParameterValue> parameters = [];
        for (RuleParameter parameter = RuleParameter.Epsilon; parameter < RuleParameter.Stabilizer; parameter++)
        {
            if (ParameterParser.Parse(arguments, parameter) is { } given)
            {
                parameters.Add(given);
            }
            else if (meaning.Shares.Any(share => share.Parameters.Contains(parameter)))
            {
                parameters.Add(new ParameterValue(parameter, []));
            }
        }

        bool hasEpsilon = parameters.Any(parameter => parameter.Parameter == RuleParameter.Epsilon);
        bool divides = meaning.Gate == Gate.FromZero || meaning.Shares.Any(share => share.Normalized);
        if (!hasEpsilon && divides)
        {
            ParameterValue standard = new(RuleParameter.Stabilizer, [DefaultStabilizer]);
            parameters.Add(ParameterParser.Parse(arguments, RuleParameter.Stabilizer) ?? standard);
        }
        else if (arguments.Has(nameof(RuleParameter.Stabilizer)))
        {
            string reason = hasEpsilon ? "its ε is the stabilizer" : "the rule divides by nothing";
            arguments.Fault(Descriptors.NoEffect, nameof(RuleParameter.Stabilizer), nameof(RuleParameter.Stabilizer), reason);
        }

        return parameters.ToEquatableArray();
    }
}
