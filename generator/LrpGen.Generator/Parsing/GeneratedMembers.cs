using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>The members that are generated into the user's class, which must not have them already.</summary>
internal static class GeneratedMembers
{
    /// <summary>How the files of generators end.</summary>
    private const string GeneratedFileSuffix = ".g.cs";

    /// <summary>Reports members that the user wrote and that are to be generated.</summary>
    public static void CheckThatNoneExists(INamedTypeSymbol type, EquatableArray<Explanation> explanations, Reporter reporter)
    {
        foreach (string name in Names(explanations).Distinct())
        {
            ISymbol? existing = type.Name == name ? type : type.GetMembers(name).FirstOrDefault(IsWritten);
            if (existing is not null)
            {
                reporter.Report(Descriptors.MemberExists, Place.Of(existing), type.Name, name);
            }
        }
    }

    /// <summary>Names of all members that are generated.</summary>
    public static IEnumerable<string> Names(EquatableArray<Explanation> explanations) =>
    [
        "engine",
        "Engine",
        "InputSize",
        "OutputSize",
        "Description",
        "Layouts",
        "Load",
        "Forward",
        .. explanations.Count > 0 ? ["Explain"] : Array.Empty<string>(),
        .. explanations.SelectMany(explanation => new[] { $"Explain{explanation.Name}", $"Trace{explanation.Name}" }),
    ];

    /// <summary>Whether a person wrote the member: the analyzer sees the generated ones as well.</summary>
    private static bool IsWritten(ISymbol member) =>
        member.Locations.Any(location => location.SourceTree is { } tree && !tree.FilePath.EndsWith(GeneratedFileSuffix, StringComparison.Ordinal));
}
