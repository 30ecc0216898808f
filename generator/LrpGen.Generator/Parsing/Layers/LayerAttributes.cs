using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>The layers that a class or a block bears.</summary>
internal static class LayerAttributes
{
    /// <summary>The layer attributes of a type in their order, which must be on one declaration: C# does not order declarations.</summary>
    public static IReadOnlyList<AttributeData> Of(INamedTypeSymbol type, Reporter reporter)
    {
        AttributeData[] layers = [.. type.GetAttributes().Where(attribute => attribute.AttributeClass.DerivesFrom(KnownTypes.Layer))];
        if (layers.FirstOrDefault(layer => DeclarationOf(type, layer) != DeclarationOf(type, layers[0])) is { } stray)
        {
            reporter.Report(Descriptors.LayersOnTwoDeclarations, Place.Of(stray), type.Name);
        }

        return layers;
    }

    private static SyntaxReference? DeclarationOf(INamedTypeSymbol type, AttributeData attribute) =>
        type.DeclaringSyntaxReferences.FirstOrDefault(declaration =>
            attribute.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree == declaration.SyntaxTree
            && declaration.Span.Contains(reference.Span));
}
