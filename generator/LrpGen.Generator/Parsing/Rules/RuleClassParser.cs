using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>The class of a rule attribute: what its <c>[Share]</c> and <c>[Gate]</c> attributes say that the rule does.</summary>
internal static class RuleClassParser
{
    /// <summary>Parses a rule's class; null if it has a fault.</summary>
    public static RuleMeaning? Parse(INamedTypeSymbol ruleClass, Reporter reporter)
    {
        List<ShareFormula> shares = [];
        Gate? gate = null;
        LayerKinds usuallyOn = LayerKinds.Linear | LayerKinds.Convolution;
        bool valid = true;
        foreach (AttributeData attribute in ruleClass.GetAttributes())
        {
            Arguments arguments = new(attribute, reporter);
            if (attribute.AttributeClass.Is(KnownTypes.Gate))
            {
                gate = arguments.Choice<Gate>("gate");
            }
            else if (attribute.AttributeClass.Is(KnownTypes.AppliesTo))
            {
                usuallyOn = (LayerKinds)arguments.Integer((int)usuallyOn, 0, "kinds");
            }
            else if (attribute.AttributeClass.Is(KnownTypes.Share) && ParseShare(arguments) is { } share)
            {
                shares.Add(share);
            }

            valid &= arguments.Valid;
        }

        if (valid && shares.Count == 0 && gate is null)
        {
            valid = false;
            reporter.Report(Descriptors.RuleWithoutMeaning, Place.Of(ruleClass), ruleClass.Name);
        }

        return valid ? new RuleMeaning(shares.ToEquatableArray(), gate, usuallyOn) : null;
    }

    private static ShareFormula? ParseShare(Arguments arguments)
    {
        const string expectedTerms = "terms such as 'a⁺ w⁺ + a⁻ w⁻': an input part a, a⁺, a⁻, l, h or none "
            + "before a weight part w, w⁺, w⁻, w², (w+γw⁺), (w+γw⁻), 1";
        EquatableArray<Term>? terms = Parse(arguments, "terms", ShareFormula.ParseTerms, expectedTerms);
        BiasPart? bias = Parse(arguments, "Bias", ShareFormula.ParseBias, "b, b⁺, b⁻, b², (b+γb⁺), (b+γb⁻) or empty");
        ScaleFormula? scale = Parse(arguments, "Scale", ShareFormula.ParseScale, "α, -α, β, -β, a number such as 1/2, or empty");
        OutputSign? where = Parse(arguments, "Where", ShareFormula.ParseWhere, "z>0, z<0 or empty");
        bool normalized = arguments.Flag("Normalized", true);
        return terms is null || bias is null || scale is null || where is null
            ? null
            : new ShareFormula(terms.Value, bias.Value, scale.Value, where.Value, normalized);
    }

    private static T? Parse<T>(Arguments arguments, string name, Func<string, T?> parse, string expected)
        where T : struct
    {
        string text = arguments.Text(name) ?? "";
        T? part = parse(text);
        if (part is null && arguments.Valid)
        {
            arguments.Fault(Descriptors.BadFormula, name, text, name, expected);
        }

        return part;
    }
}

/// <summary>What a rule does.</summary>
/// <param name="Shares">At layers with weights.</param>
/// <param name="Gate">At activations; null if it is not for them.</param>
/// <param name="UsuallyOn">Layers that it applies to unless its <c>On</c> says otherwise.</param>
internal sealed record RuleMeaning(EquatableArray<ShareFormula> Shares, Gate? Gate, LayerKinds UsuallyOn);
