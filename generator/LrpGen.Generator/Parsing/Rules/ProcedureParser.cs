using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>The procedure of a composite, and whether it goes with the rest of an explanation.</summary>
internal static class ProcedureParser
{
    /// <summary>Parses a procedure attribute of a composite; null if it has a fault.</summary>
    public static Procedure? Parse(AttributeData attribute, Reporter reporter)
    {
        if (attribute.AttributeConstructor is null || !Enum.TryParse(attribute.ShortName(), out ProcedureKind kind))
        {
            reporter.Fail();
            return null;
        }

        Arguments arguments = new(attribute, reporter);
        Procedure procedure = new(
            kind,
            Procedure.ParametersOf(kind)
                .Select(parameter => ParameterParser.Parse(arguments, parameter) ?? new ParameterValue(parameter, []))
                .ToEquatableArray());
        return IsConsistent(arguments, procedure) ? procedure : null;
    }

    /// <summary>Whether the parameters go together; reports it if not, on an argument that is given.</summary>
    /// <param name="arguments">Where some of the parameters come from.</param>
    /// <param name="procedure">The procedure.</param>
    public static bool IsConsistent(Arguments arguments, Procedure procedure)
    {
        if (procedure.Kind == ProcedureKind.Occlude && arguments.Valid)
        {
            CheckThatWindowsMeet(arguments, procedure[RuleParameter.Window], procedure[RuleParameter.Stride]);
        }

        return ParameterParser.AreConsistent(arguments, procedure.Parameters);
    }

    /// <summary>Reports what an explanation has that does not go with its procedure.</summary>
    /// <param name="arguments">Those of the <c>[Explain]</c>.</param>
    /// <param name="explanation">The explanation.</param>
    /// <param name="network">The network.</param>
    /// <param name="hasRules">Whether the composite has rules.</param>
    public static void Check(Arguments arguments, Explanation explanation, Network network, bool hasRules)
    {
        if (explanation.Procedure is not { } procedure)
        {
            return;
        }

        if (network.IsOfTokens)
        {
            CheckThatTokensWillDo(arguments, procedure, network.Vocabulary);
        }

        if (arguments.Has("Mask"))
        {
            arguments.Fault(Descriptors.NoEffect, "Mask", "Mask", $"all relevance flows on in the passes of {procedure.Kind}");
        }

        if (procedure.OnlyPredicts)
        {
            CheckThatNothingGoesBack(arguments, explanation, procedure, hasRules);
            CheckThatSomethingIsLeft(arguments, procedure[RuleParameter.Window], network.Input);
        }

        if (procedure.TakesGradient)
        {
            CheckThatRulesAreDerivatives(arguments, explanation, procedure, network);
        }
    }

    private static void CheckThatTokensWillDo(Arguments arguments, Procedure procedure, int known)
    {
        if (procedure.IsOfNumbers)
        {
            arguments.Fault(Descriptors.UnsuitableForProcedure, null, $"{procedure.Kind} searches an input of other numbers, and tokens are none");
        }

        IEnumerable<double> baselines = procedure.Parameters.Where(own => own.Parameter == RuleParameter.Baseline).SelectMany(own => own.Values);
        foreach (double baseline in baselines.Where(baseline => baseline != Math.Floor(baseline) || baseline < 0 || baseline >= known))
        {
            arguments.OutOfRange(nameof(RuleParameter.Baseline), $"a token id, 0 to {known - 1}", baseline);
        }
    }

    private static void CheckThatWindowsMeet(Arguments arguments, ParameterValue window, ParameterValue stride)
    {
        if (stride.Values[0] > window.Values[0])
        {
            string? name = ParameterParser.GivenName(arguments, RuleParameter.Stride) ?? ParameterParser.GivenName(arguments, RuleParameter.Window);
            string reason = "or values between the windows are never occluded";
            arguments.Fault(Descriptors.BadWindows, name, $"Stride ({stride}) must be at most Window ({window}), {reason}");
        }
    }

    private static void CheckThatSomethingIsLeft(Arguments arguments, ParameterValue window, Shape input)
    {
        int extent = input.Variable is null ? Math.Max(input.Planes.Height, input.Planes.Width) : input[0];
        if (window.Values[0] > extent)
        {
            string reason = $"or nothing is left of the input {input}; give another Window";
            arguments.Fault(Descriptors.BadWindows, "Window", $"Window ({window}) must be at most {extent}, {reason}");
        }
    }

    private static void CheckThatNothingGoesBack(Arguments arguments, Explanation explanation, Procedure procedure, bool hasRules)
    {
        if (hasRules || explanation.TimesInput)
        {
            string reason = $"{procedure.Kind} only predicts, so a composite with it has no rules and no TimesInput";
            arguments.Fault(Descriptors.UnsuitableForProcedure, null, reason);
        }

        if (arguments.Has("Seed"))
        {
            arguments.Fault(Descriptors.NoEffect, "Seed", "Seed", $"{procedure.Kind} only predicts");
        }
    }

    private static void CheckThatRulesAreDerivatives(Arguments arguments, Explanation explanation, Procedure procedure, Network network)
    {
        string? unsuitable = explanation.Assignments.FirstOrDefault(assignment => !assignment.Rule.IsDerivative) is { } other
            ? $"layer '{network.Layers[other.Layer].Name}' ({network.Layers[other.Layer].Kind}) has rule {other.Rule.Name}"
            : explanation.TimesInput ? "the composite multiplies it by the input"
            : null;
        string? seed = explanation.Seed != Seed.One ? $"relevance starts with Seed.{explanation.Seed}, not Seed.One"
            : null;
        if ((unsuitable ?? seed) is { } reason)
        {
            string? place = unsuitable is null ? "Seed" : null;
            arguments.Fault(Descriptors.UnsuitableForProcedure, place, $"{procedure.Kind} takes the gradient of an output, but {reason}");
        }
    }
}
