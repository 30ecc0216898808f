using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using LrpGen.Generator;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Emission;
using LrpGen.Generator.Parsing;
using LrpGen.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LrpGen.Tests.Engine;

/// <summary>Runs the generator on sources in memory and compiles its output, more strictly than a user's project would.</summary>
internal static class Compiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        checkOverflow: true,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(INetwork).Assembly.Location),
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "System.Numerics.Tensors.dll")),
    ];

    /// <summary>Sources as a compilation that the generator has not seen.</summary>
    public static CSharpCompilation Compilation(params IEnumerable<string> sources) => CSharpCompilation.Create(
        "Networks",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{index}.cs")),
        References,
        CompilationOptions);

    /// <summary>A driver of the generator.</summary>
    /// <param name="unrollBudget">Value of the MSBuild property; null if a project does not set it.</param>
    public static GeneratorDriver Driver(string? unrollBudget) => CSharpGeneratorDriver.Create(
        [new LrpGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: Options(unrollBudget),
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Options of a project with that value of the MSBuild property, or without it.</summary>
    public static AnalyzerConfigOptionsProvider Options(string? unrollBudget) =>
        new ProjectOptions(unrollBudget is null ? [] : new() { [UnrollBudget.Option] = unrollBudget });

    /// <summary>Generates, compiles and loads.</summary>
    /// <exception cref="InvalidOperationException">Something above Hidden was found in generated code, or an error anywhere.</exception>
    public static Assembly Load(string? unrollBudget, params IEnumerable<string> sources)
    {
        Compilation compilation = Generate(unrollBudget, sources);
        return Load(compilation, Compilation(sources).WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().Result);
    }

    /// <summary>Runs the generator, in a culture that shows every number that is not written invariantly.</summary>
    /// <returns>The sources with what was generated for them.</returns>
    public static Compilation Generate(string? unrollBudget, params IEnumerable<string> sources)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat.NegativeSign = "\u2212";
            strange.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = strange;
            Driver(unrollBudget).RunGeneratorsAndUpdateCompilation(
                Compilation(sources), out Compilation generated, out ImmutableArray<Diagnostic> diagnostics);
            return diagnostics.IsEmpty ? generated : throw new InvalidOperationException(string.Join("\n", diagnostics));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Generates without some of what makes programs faster, compiles and loads.</summary>
    /// <exception cref="InvalidOperationException">Something above Hidden was found in generated code, or an error anywhere.</exception>
    public static Assembly LoadWithout(Optimizations optimizations, params IEnumerable<string> sources)
    {
        Compilation compilation = Compilation(sources);
        IEnumerable<SyntaxTree> generated =
            from tree in compilation.SyntaxTrees
            from node in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            let type = compilation.GetSemanticModel(tree).GetDeclaredSymbol(node)!
            let network = NetworkParser.Parse(type, new Reporter(), CancellationToken.None)
            where network is not null
            from file in NetworkEmitter.Write(Planner.Plan(network, 0, CancellationToken.None, optimizations), CancellationToken.None)
            select CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.HintName);
        return Load(compilation.AddSyntaxTrees(generated.ToArray()), []);
    }

    private static Assembly Load(Compilation compilation, IEnumerable<Diagnostic> found)
    {
        using MemoryStream assembly = new();
        Diagnostic[] faults = [.. found.Concat(compilation.Emit(assembly).Diagnostics).Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity > DiagnosticSeverity.Hidden && IsGenerated(diagnostic.Location)))];
        if (faults.Length > 0)
        {
            throw new InvalidOperationException($"Generated code has {faults.Length} faults.\n{string.Join("\n", faults.Take(5).Select(Describe))}");
        }

        assembly.Position = 0;
        return new AssemblyLoadContext("Networks", isCollectible: true).LoadFromStream(assembly);
    }

    private static bool IsGenerated(Location location) => location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    /// <summary>A diagnostic with the lines around it.</summary>
    private static string Describe(Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            return diagnostic.ToString();
        }

        TextLineCollection lines = tree.GetText().Lines;
        int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
        IEnumerable<string> shown = lines.Skip(line - 3).Take(7).Select(shown => $"{shown.LineNumber + 1,6}: {shown}");
        return $"{diagnostic}\n{string.Join("\n", shown)}\n";
    }

    private sealed class ProjectOptions(Dictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
                values.TryGetValue(key, out value);
        }
    }
}
