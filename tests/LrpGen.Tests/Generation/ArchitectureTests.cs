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

    private static readonly Lazy<ILookup<string, string>> TypesKnownByFolder = new(Analyze);

    [Theory]
    [InlineData("Model", Roslyn, "Parsing", "Planning", "Emission")]
    [InlineData("Rules", Roslyn, "Parsing", "Planning", "Emission")]
    [InlineData("Planning", Roslyn, "Parsing", "Emission")]
    [InlineData("Emission", Roslyn, "Parsing")]
    [InlineData("Parsing", "Planning", "Emission")]
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
        string[] folders = ["Model", "Rules", "Parsing", "Planning", "Emission"];
        var trees = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Folder: Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0], Text: File.ReadAllText(file)))
            .Where(source => source.Folder is not ("bin" or "obj"))
            .Select(source => (source.Folder, Tree: CSharpSyntaxTree.ParseText(source.Text)))
            .ToList();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generator",
            trees.Select(source => source.Tree),
            [
                .. Basic.Reference.Assemblies.Net100.References.All,
                MetadataReference.CreateFromFile(typeof(SyntaxTree).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(CSharpSyntaxTree).Assembly.Location),
            ]);
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
