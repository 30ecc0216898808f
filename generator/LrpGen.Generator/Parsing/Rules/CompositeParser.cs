using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>A struct with attributes for rules and a procedure.</summary>
internal static class CompositeParser
{
    /// <summary>Parses a composite; null if a rule or the procedure has a fault.</summary>
    public static Composite? Parse(INamedTypeSymbol type, Reporter reporter)
    {
        List<RuleTemplate> rules = [];
        Seed seed = Seed.Logit;
        bool timesInput = false;
        Procedure? procedure = null;
        bool valid = true;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass.DerivesFrom(KnownTypes.Rule))
            {
                RuleTemplate? rule = RuleParser.Parse(attribute, reporter);
                valid &= rule is not null;
                rules.AddRange(rule is null ? [] : [rule]);
            }
            else if (attribute.AttributeClass.DerivesFrom(KnownTypes.Procedure))
            {
                if (procedure is not null)
                {
                    valid = false;
                    reporter.Report(Descriptors.SecondProcedure, Place.Of(attribute), type.Name, attribute.ShortName());
                }

                procedure = ProcedureParser.Parse(attribute, reporter);
                valid &= procedure is not null;
            }
            else if (attribute.AttributeClass.Is(KnownTypes.Start))
            {
                Arguments arguments = new(attribute, reporter);
                seed = arguments.Choice<Seed>("seed");
                valid &= arguments.Valid;
            }

            timesInput |= attribute.AttributeClass.Is(KnownTypes.TimesInput);
        }

        return valid ? new Composite(type.Name, rules.ToEquatableArray(), seed, timesInput, procedure) : null;
    }
}
