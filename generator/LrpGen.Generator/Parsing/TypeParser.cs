using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LrpGen.Generator.Parsing;

/// <summary>The user's class: where it is declared, and whether code can be added to it.</summary>
internal static class TypeParser
{
    public static TypeName Parse(INamedTypeSymbol type, Reporter reporter)
    {
        INamedTypeSymbol[] nesting = [.. Nesting(type).Reverse()];
        foreach (INamedTypeSymbol part in nesting.Where(part => !Declarations(part).Any(IsPartial)))
        {
            reporter.Report(Descriptors.NotPartial, Place.Of(part), part.Name, type.Name);
        }

        if (WhyUnsuitable(type, nesting) is { } reason)
        {
            reporter.Report(Descriptors.UnsuitableClass, Place.Of(type), type.Name, reason);
        }

        string @namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        string nestedName = string.Join("+", nesting.Select(part => part.MetadataName));
        return new TypeName(
            @namespace,
            Identifier(type),
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            nesting.Take(nesting.Length - 1).Select(Header).ToEquatableArray(),
            @namespace == "" ? nestedName : $"{@namespace}.{nestedName}");
    }

    /// <summary>The type and the types around it.</summary>
    private static IEnumerable<INamedTypeSymbol> Nesting(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            yield return part;
        }
    }

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>();

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static string? WhyUnsuitable(INamedTypeSymbol type, INamedTypeSymbol[] nesting) => type switch
    {
        { IsStatic: true } => "static",
        { IsAbstract: true } => "abstract",
        { IsRecord: true } => "a record",
        { TypeParameters.IsEmpty: false } => "generic",
        { IsGenericType: true } => "in a generic type",
        _ when nesting.Any(part => part.IsFileLocal) => "local to its file",
        _ when Declarations(type).Any(declaration => declaration.ParameterList is not null) => "a class with a primary constructor",
        _ when NamedLike(type) is { } other => $"called like network '{other.Name}' but for the case of letters, which names of files do not tell apart",
        _ => null,
    };

    private static INamedTypeSymbol? NamedLike(INamedTypeSymbol type)
    {
        INamespaceOrTypeSymbol container = (INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace;
        return container.GetTypeMembers().FirstOrDefault(other =>
            other.Name != type.Name
            && string.Equals(other.Name, type.Name, StringComparison.OrdinalIgnoreCase)
            && other.GetAttributes().Any(attribute => attribute.AttributeClass.Is(KnownTypes.Network)));
    }

    private static string Header(INamedTypeSymbol type)
    {
        string kind = type switch
        {
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { IsValueType: true } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {kind} {Identifier(type)}";
    }

    private static string Identifier(INamedTypeSymbol type) =>
        SyntaxFacts.GetKeywordKind(type.Name) == SyntaxKind.None ? type.Name : "@" + type.Name;
}
