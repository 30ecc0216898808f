using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LrpGen.Generator.Parsing;

/// <summary>The user's class: where it is declared, and whether code can be added to it.</summary>
internal static class TypeParser
{
    public static TypeName Parse(INamedTypeSymbol type, Reporter reporter)
    {
        INamespaceOrTypeSymbol[] path = [.. Path(type).Reverse()];
        INamespaceSymbol[] namespaces = [.. path.OfType<INamespaceSymbol>()];
        INamedTypeSymbol[] nesting = [.. path.OfType<INamedTypeSymbol>()];
        foreach (INamedTypeSymbol part in nesting.Where(part => !Declarations(part).Any(IsPartial)))
        {
            reporter.Report(Descriptors.NotPartial, Place.Of(part), part.Name, type.Name);
        }

        if (WhyUnsuitable(type, nesting) is { } reason)
        {
            reporter.Report(Descriptors.UnsuitableClass, Place.Of(type), type.Name, reason);
        }

        return new TypeName(
            string.Join(".", namespaces.Select(Identifier)),
            Identifier(type),
            nesting.Take(nesting.Length - 1).Select(Header).ToEquatableArray(),
            Join(part => part.MetadataName),
            Join(FileName));

        string Join(Func<INamespaceOrTypeSymbol, string> name) =>
            string.Join(".", [.. namespaces.Select(name), string.Join("+", nesting.Select(name))]);
    }

    /// <summary>The type, the types around it, and their namespaces up to the global one.</summary>
    private static IEnumerable<INamespaceOrTypeSymbol> Path(INamedTypeSymbol type)
    {
        ISymbol part = type;
        while (part is INamespaceOrTypeSymbol named and not INamespaceSymbol { IsGlobalNamespace: true })
        {
            yield return named;
            part = part.ContainingSymbol;
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
        _ when type.ContainingNamespace.ToDisplayString() == TypeName.NamespaceOfEngines =>
            $"in {TypeName.NamespaceOfEngines}, the namespace of generated code",
        _ when type.InstanceConstructors.Any(GeneratedMembers.IsWritten) => "a class with a constructor of its own",
        _ when !IsConstructible(type.BaseType, type) => "derived from a class that it cannot construct without arguments",
        _ => null,
    };

    /// <summary>Whether a class can call a constructor of its base class without arguments. That of a network will be private.</summary>
    private static bool IsConstructible(INamedTypeSymbol? ancestor, INamedTypeSymbol type) =>
        ancestor is null or IErrorTypeSymbol
        || (!ancestor.GetAttributes().Any(attribute => attribute.AttributeClass.Is(KnownTypes.Network))
            && ancestor.InstanceConstructors.Any(constructor =>
                constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
                && constructor.DeclaredAccessibility switch
                {
                    Accessibility.Private => false,
                    Accessibility.Internal or Accessibility.ProtectedAndInternal =>
                        constructor.ContainingAssembly.GivesAccessTo(type.ContainingAssembly),
                    _ => true,
                }));

    /// <summary>The name, with a number if others beside it differ in case only, by which names of files cannot be told apart.</summary>
    private static string FileName(INamespaceOrTypeSymbol part)
    {
        int before = ((INamespaceOrTypeSymbol)part.ContainingSymbol).GetMembers()
            .OfType<INamespaceOrTypeSymbol>()
            .Select(other => other.Name)
            .Where(name => string.Equals(name, part.Name, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Count(name => string.CompareOrdinal(name, part.Name) < 0);
        return before == 0 ? part.Name : $"{part.Name}-{before + 1}";
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

    private static string Identifier(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(symbol.Name) == SyntaxKind.None
            ? symbol.Name
            : "@" + symbol.Name;
}
