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
    private const string Channels = ", System.ReadOnlySpan<int>";

    private static readonly SymbolDisplayFormat SignatureFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>Reports members that the user wrote or inherits and that are to be generated.</summary>
    public static void CheckThatNoneExists(INamedTypeSymbol type, Network network, Reporter reporter)
    {
        IEnumerable<ISymbol?> existing = Signatures(network)
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
    public static IEnumerable<string> Signatures(Network network) =>
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
        $"Forward({InputOf(network)}, {Results})",
        $"ForwardBatch({Samples(network, "ReadOnlyMemory", ElementOf(network))}, {Samples(network, "Memory", "float")}, int)",
        .. network.Output.Variable is null ? [] : new[] { "OutputSizeOf(int)" },
        .. network.Explanations.Take(1).SelectMany(explanation => Explain(network, "Explain", explanation)),
        .. network.Explanations.SelectMany(explanation => Explain(network, "Explain" + explanation.Name, explanation)),
        .. network.Explanations.SelectMany(explanation => Choices(network, explanation).SelectMany(choice => new[]
        {
            $"Trace{explanation.Name}({InputOf(network)}, int{choice})",
            $"Trace{explanation.Name}<TObjective>({InputOf(network)}, TObjective{choice})",
        })),
    ];

    /// <summary>A method with the types of its parameters, and the name of any other member.</summary>
    public static string SignatureOf(ISymbol member) => member is IMethodSymbol ? member.ToDisplayString(SignatureFormat) : member.Name;

    /// <summary>Whether a person wrote the member: the analyzer sees the generated ones as well.</summary>
    public static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && !member.Locations.Any(location => location.SourceTree?.FilePath.EndsWith(GeneratedFileSuffix, StringComparison.Ordinal) == true);

    private static IEnumerable<string> Explain(Network network, string name, Explanation explanation)
    {
        string samples = Samples(network, "ReadOnlyMemory", ElementOf(network));
        string results = Samples(network, "Memory", "float");
        yield return $"{name}Batch({samples}, System.ReadOnlyMemory<int>, {results}, int)";
        yield return $"{name}Batch<TObjective>({samples}, System.Collections.Generic.IReadOnlyList<TObjective>, {results}, int)";
        foreach (string choice in Choices(network, explanation))
        {
            bool isOfReference = choice.Length > 0 && explanation.Procedure is not null;
            string input = InputOf(network);
            yield return $"{name}({input}, int{choice}, {Results})";
            yield return $"{name}<TObjective>({input}, TObjective{choice}, {Results})";
            if (choice.Length == 0 || isOfReference)
            {
                yield return $"{name}({input}, {Values}{choice}, {Results})";
            }

            if (!isOfReference)
            {
                yield return $"{name}({input}, int{choice})";
                yield return $"{name}<TObjective>({input}, TObjective{choice})";
            }
        }
    }

    /// <summary>What a call may choose besides what it explains; at first nothing.</summary>
    private static IEnumerable<string> Choices(Network network, Explanation explanation) =>
    [
        "",
        .. explanation.Mask is null ? [] : new[] { Channels },
        .. explanation.Procedure?.Reference is null ? [] : new[] { $", {InputOf(network)}" },
    ];

    private static string ElementOf(Network network) => network.IsOfTokens ? "int" : "float";

    private static string InputOf(Network network) => $"System.ReadOnlySpan<{ElementOf(network)}>";

    /// <summary>The samples of a batch, which lie one after another unless each has a length of its own.</summary>
    private static string Samples(Network network, string memory, string element) => !network.HasLengths
        ? $"System.{memory}<{element}>"
        : $"System.Collections.Generic.IReadOnlyList<System.{memory}<{element}>>";

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

    private static string NameOf(string signature) => signature.Split('(', '<')[0];
}
