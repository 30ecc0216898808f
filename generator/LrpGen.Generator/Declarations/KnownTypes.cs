using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Declarations;

/// <summary>Full names of the runtime's types that a declaration is made of.</summary>
internal static class KnownTypes
{
    public const string Network = "LrpGen.NetworkAttribute";
    public const string Layer = "LrpGen.LayerAttribute";
    public const string Block = "LrpGen.BlockAttribute<TBlock>";
    public const string BlockInterface = "LrpGen.IBlock";
    public const string Parameters = "LrpGen.ParametersAttribute";
    public const string Explain = "LrpGen.ExplainAttribute";
    public const string Composite = "LrpGen.IComposite";
    public const string Rule = "LrpGen.Rules.RuleAttribute";
    public const string Share = "LrpGen.Rules.ShareAttribute";
    public const string Gate = "LrpGen.Rules.GateAttribute";
    public const string AppliesTo = "LrpGen.Rules.AppliesToAttribute";
    public const string Start = "LrpGen.Rules.StartAttribute";
    public const string Procedure = "LrpGen.Rules.ProcedureAttribute";
    public const string TimesInput = "LrpGen.Rules.TimesInputAttribute";

    public static bool Is(this ITypeSymbol? type, string fullName) =>
        type is INamedTypeSymbol && type.OriginalDefinition.ToDisplayString() == fullName;

    public static bool DerivesFrom(this ITypeSymbol? type, string fullName)
    {
        for (ITypeSymbol? ancestor = type?.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Is(fullName))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Name of an attribute as users write it: without <c>Attribute</c>.</summary>
    public static string ShortName(this AttributeData attribute)
    {
        const string suffix = "Attribute";
        string name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }
}
