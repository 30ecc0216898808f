using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>The members that are generated into the user's class, which must not have them already.</summary>
internal static class GeneratedMembers
{
    /// <summary>How the files of generators end.</summary>
    private const string GeneratedFileSuffix = ".g.cs";

    private const string Values = "System.ReadOnlySpan<float>";
    private const string Results = "System.Span<float>";
    private const string Channels = "System.ReadOnlySpan<int>";
    private const string BatchValues = "System.ReadOnlyMemory<float>";
    private const string BatchResults = "System.Memory<float>";

    private static readonly SymbolDisplayFormat SignatureFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>Reports members that the user wrote or inherits and that are to be generated.</summary>
    public static void CheckThatNoneExists(INamedTypeSymbol type, EquatableArray<Explanation> explanations, Reporter reporter)
    {
        IEnumerable<ISymbol?> existing = Signatures(explanations)
            .Select(signature => NameOf(signature) == type.Name ? type : Members(type).FirstOrDefault(member => Clashes(member, signature)))
            .Where(member => member is not null)
            .Distinct(SymbolEqualityComparer.Default);
        foreach (ISymbol? member in existing)
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(member!.ContainingType, type);
            reporter.Report(Descriptors.MemberExists, Place.Of(isOwn ? member : type), type.Name, member.Name);
        }
    }

    /// <summary>Names of all members that are generated; methods with the types of their parameters, such as <c>Load(string)</c>.</summary>
    public static IEnumerable<string> Signatures(EquatableArray<Explanation> explanations) =>
    [
        "engine",
        "InputSize",
        "OutputSize",
        "Description",
        "Layouts",
        "ExplanationNames",
        "Load(string)",
        "Load(System.IO.Stream)",
        "Load(LrpGen.ITensorSource)",
        "WithThreads(int)",
        $"Forward({Values}, {Results})",
        $"ForwardBatch({BatchValues}, {BatchResults}, int)",
        .. explanations.Take(1).SelectMany(explanation => Explain("", explanation)),
        .. explanations.SelectMany(explanation => Explain(explanation.Name, explanation)),
        .. explanations.Select(explanation => $"Trace{explanation.Name}({Values}, int)"),
        .. explanations.Where(explanation => explanation.MaskedLayer is not null)
            .Select(explanation => $"Trace{explanation.Name}({Values}, int, {Channels})"),
        .. explanations.Take(1).SelectMany(explanation => RelativeTo(explanation, "")),
        .. explanations.SelectMany(explanation => RelativeTo(explanation, explanation.Name)),
        .. explanations.Where(TakesReference).Select(explanation => $"Trace{explanation.Name}({Values}, int, {Values})"),
    ];

    /// <summary>A method with the types of its parameters, and the name of any other member.</summary>
    public static string SignatureOf(ISymbol member) => member is IMethodSymbol ? member.ToDisplayString(SignatureFormat) : member.Name;

    /// <summary>Whether a person wrote the member: the analyzer sees the generated ones as well.</summary>
    public static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && !member.Locations.Any(location => location.SourceTree?.FilePath.EndsWith(GeneratedFileSuffix, StringComparison.Ordinal) == true);

    private static string[] Explain(string name, Explanation explanation) =>
    [
        $"Explain{name}({Values}, int, {Results})",
        $"Explain{name}({Values}, {Values}, {Results})",
        $"Explain{name}({Values}, int)",
        $"Explain{name}Batch({BatchValues}, System.ReadOnlyMemory<int>, {BatchResults}, int)",
        .. explanation.MaskedLayer is null
            ? []
            : new[] { $"Explain{name}({Values}, int, {Channels}, {Results})", $"Explain{name}({Values}, int, {Channels})" },
    ];

    private static bool TakesReference(Explanation explanation) => explanation.Procedure?.Reference is not null;

    private static string[] RelativeTo(Explanation explanation, string name) => TakesReference(explanation)
        ? [$"Explain{name}({Values}, int, {Values}, {Results})", $"Explain{name}({Values}, {Values}, {Values}, {Results})"]
        : [];

    /// <summary>What the user wrote in the class, and what it inherits.</summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        IEnumerable<ISymbol> members = type.GetMembers();
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            members = members.Concat(ancestor.GetMembers().Where(member => member.DeclaredAccessibility != Accessibility.Private));
        }

        return members.Where(IsWritten);
    }

    /// <summary>Whether both cannot be in one class: methods of one name can, if the types of their parameters differ.</summary>
    private static bool Clashes(ISymbol member, string signature) =>
        member is IMethodSymbol && signature != NameOf(signature) ? SignatureOf(member) == signature : member.Name == NameOf(signature);

    private static string NameOf(string signature) => signature.Split('(')[0];
}
