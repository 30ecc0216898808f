using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Model;
using LrpGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Tests.Parsing;

/// <summary>C# source as a compilation that sees the runtime, and the network declared in it.</summary>
internal static class Declaration
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)];

    private static readonly CSharpCompilation Nothing = Compile();

    /// <summary>A compilation of one or more files.</summary>
    public static CSharpCompilation Compile(params string[] files) => CSharpCompilation.Create(
        "Declared",
        [
            CSharpSyntaxTree.ParseText("global using LrpGen; global using LrpGen.Rules;"),
            .. files.Select((file, index) => CSharpSyntaxTree.ParseText(file, path: $"File{index}.cs")),
        ],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>Ids of the errors in the declaration of a class.</summary>
    public static IEnumerable<string> ErrorsOf(string source, string metadataName)
    {
        CSharpCompilation compilation = Nothing.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source));
        List<Diagnostic> faults = [];
        NetworkParser.Parse(compilation.GetTypeByMetadataName(metadataName)!, new Reporter(faults.Add), CancellationToken.None);
        return faults.Where(fault => fault.Severity == DiagnosticSeverity.Error).Select(fault => fault.Id);
    }

    /// <summary>Parses class <c>Net</c> with these attributes, which must be faultless.</summary>
    public static Network Parse(string attributes, string otherTypes = "") =>
        Parse(Compile($"{attributes} partial class Net; {otherTypes}"), "Net");

    /// <summary>Parses a class, which must be faultless.</summary>
    public static Network Parse(CSharpCompilation compilation, string metadataName)
    {
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        List<Diagnostic> faults = [];
        Network? network = NetworkParser.Parse(
            compilation.GetTypeByMetadataName(metadataName)!, new Reporter(faults.Add), CancellationToken.None);
        Assert.DoesNotContain(faults, fault => fault.Severity == DiagnosticSeverity.Error || fault.Id is not ("LRP0020" or "LRP0051"));
        Assert.NotNull(network);
        return network;
    }
}
