using LrpGen.Tests.Snapshots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LrpGen.Tests.Generation;

/// <summary>Which part of the generator may know which.</summary>
public sealed class ArchitectureTests
{
    private const string Roslyn = "Microsoft.CodeAnalysis";

    /// <summary>Writes string literals; it knows nothing of a compilation.</summary>
    private const string LiteralFormatter = "Microsoft.CodeAnalysis.CSharp.SymbolDisplay";

    /// <summary>What the project's implicit usings are. Without them names are unresolved, and what is unresolved is known to nobody.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<ILookup<string, string>> TypesKnownByFolder = new(Analyze);

    [Theory]
    [InlineData("Basics", Roslyn, "Rules", "Model", "Analysis", "Planning", "Declarations", "Layers", "Parsing", "Emission")]
    [InlineData("Rules", Roslyn, "Model", "Analysis", "Planning", "Declarations", "Layers", "Parsing", "Emission")]
    [InlineData("Model", Roslyn, "Analysis", "Planning", "Declarations", "Layers", "Parsing", "Emission")]
    [InlineData("Analysis", Roslyn, "Planning", "Declarations", "Layers", "Parsing", "Emission")]
    [InlineData("Planning", Roslyn, "Declarations", "Layers", "Parsing", "Emission")]
    [InlineData("Declarations", "Analysis", "Planning", "Layers", "Parsing", "Emission")]
    [InlineData("Layers", Roslyn, "Parsing", "Emission")]
    [InlineData("Parsing", "Planning", "Emission")]
    [InlineData("Emission", Roslyn, "Declarations", "Parsing", "Layers")]
    public void FolderDoesNotKnow(string folder, params string[] unknown)
    {
        Assert.NotEmpty(TypesKnownByFolder.Value[folder]);
        Assert.All(unknown, part =>
        {
            string forbidden = part == Roslyn ? Roslyn : $"LrpGen.Generator.{part}";
            Assert.DoesNotContain(TypesKnownByFolder.Value[folder], known => known.StartsWith(forbidden, StringComparison.Ordinal));
        });
    }

    /// <summary>The types that the sources in each folder name, or members of which they name.</summary>
    private static ILookup<string, string> Analyze()
    {
        string root = Path.GetFullPath(Path.Combine(Snapshot.ProjectDirectory, "../../generator/LrpGen.Generator"));
        string[] folders = ["Basics", "Rules", "Model", "Analysis", "Declarations", "Planning", "Layers", "Parsing", "Emission"];
        var trees = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Folder: Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0], Text: File.ReadAllText(file)))
            .Where(source => source.Folder is not ("bin" or "obj"))
            .Select(source => (source.Folder, Tree: CSharpSyntaxTree.ParseText(source.Text)))
            .ToList();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generator",
            trees.Select(source => source.Tree).Append(CSharpSyntaxTree.ParseText(ImplicitUsings)),
            [
                .. Basic.Reference.Assemblies.Net100.References.All,
                MetadataReference.CreateFromFile(typeof(SyntaxTree).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(CSharpSyntaxTree).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return trees
            .Where(source => folders.Contains(source.Folder))
            .SelectMany(source =>
            {
                SemanticModel model = compilation.GetSemanticModel(source.Tree);
                return source.Tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                    .Select(name => model.GetSymbolInfo(name).Symbol)
                    .Select(symbol => symbol as INamedTypeSymbol ?? symbol?.ContainingType)
                    .OfType<INamedTypeSymbol>()
                    .Select(type => (source.Folder, Type: type.ToDisplayString()));
            })
            .Where(known => known.Type != LiteralFormatter)
            .Distinct()
            .ToLookup(known => known.Folder, known => known.Type);
    }
}
