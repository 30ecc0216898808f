using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LrpGen.Generator.Declarations;

/// <summary>Where a fault is: a type's name, an attribute or one of its arguments. Looked up in the source only when it is shown.</summary>
internal readonly struct Place
{
    private readonly ISymbol? type;
    private readonly AttributeData? attribute;
    private readonly string? argument;
    private readonly int element;

    private Place(ISymbol? type, AttributeData? attribute, string? argument, int element)
    {
        this.type = type;
        this.attribute = attribute;
        this.argument = argument;
        this.element = element;
    }

    /// <summary>The name of a type.</summary>
    public static Place Of(ISymbol type) => new(type, null, null, 0);

    /// <summary>An argument of an attribute, or the whole attribute if it is not written.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">Name of a property or of a constructor parameter.</param>
    /// <param name="element">Which argument, for a <c>params</c> parameter.</param>
    public static Place Of(AttributeData attribute, string? argument = null, int element = 0) => new(null, attribute, argument, element);

    public Location Locate()
    {
        if (type is not null)
        {
            return type.Locations.FirstOrDefault() ?? Location.None;
        }

        SyntaxNode? syntax = attribute?.ApplicationSyntaxReference?.GetSyntax();
        SyntaxNode? place = syntax is AttributeSyntax { ArgumentList.Arguments: var arguments } ? Find(arguments) ?? syntax : syntax;
        return place?.GetLocation() ?? Location.None;
    }

    private AttributeArgumentSyntax? Find(SeparatedSyntaxList<AttributeArgumentSyntax> arguments)
    {
        string? name = argument;
        if (name is null)
        {
            return null;
        }

        int position = attribute?.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Ordinal + element ?? -1;
        return arguments.FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == name)
            ?? arguments.FirstOrDefault(candidate => candidate.NameColon?.Name.Identifier.ValueText == name)
            ?? arguments.Where((candidate, index) => index == position && candidate is { NameEquals: null, NameColon: null }).FirstOrDefault();
    }
}
