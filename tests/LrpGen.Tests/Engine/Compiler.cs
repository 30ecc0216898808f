using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
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
    /// <summary>More strict than a user's project.</summary>
    public static readonly CSharpParseOptions Strict = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>
    /// Without the compiler's analysis of nulls and of documentation, which takes a third of its time and sees the same in all networks.
    /// </summary>
    public static readonly CSharpParseOptions Plain =
        new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Parse).WithFeatures([new("run-nullable-analysis", "never")]);

    private static readonly ConcurrentDictionary<string, TaskCompletionSource<Assembly>> Loaded = [];

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
    public static CSharpCompilation Compilation(params IEnumerable<string> sources) => Compilation(Strict, sources);

    private static CSharpCompilation Compilation(CSharpParseOptions options, IEnumerable<string> sources) => CSharpCompilation.Create(
        "Networks",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, options, $"Source{index}.cs")),
        References,
        CompilationOptions);

    /// <summary>A driver of the generator.</summary>
    /// <param name="unrollBudget">Value of the MSBuild property; null if a project does not set it.</param>
    public static GeneratorDriver Driver(string? unrollBudget) => Driver(unrollBudget, Strict);

    private static GeneratorDriver Driver(string? unrollBudget, CSharpParseOptions options) => CSharpGeneratorDriver.Create(
        [new LrpGenerator().AsSourceGenerator()],
        parseOptions: options,
        optionsProvider: Options(unrollBudget),
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Options of a project with that value of the MSBuild property, or without it.</summary>
    public static AnalyzerConfigOptionsProvider Options(string? unrollBudget) =>
        new ProjectOptions(unrollBudget is null ? [] : new() { [UnrollBudget.Option] = unrollBudget });

    /// <summary>Generates, compiles and loads.</summary>
    /// <exception cref="InvalidOperationException">Something above Hidden was found in generated code, or an error anywhere.</exception>
    public static Assembly Load(string? unrollBudget, params IEnumerable<string> sources) =>
        Emit(Generate(unrollBudget, sources), Compilation(sources).WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().Result);

    /// <summary>Runs the generator; what it writes for the default budget is compiled strictly.</summary>
    public static Compilation Generate(string? unrollBudget, params IEnumerable<string> sources) =>
        Generate(unrollBudget, unrollBudget is null ? Strict : Plain, sources);

    /// <summary>Runs the generator, in a culture that shows every number that is not written invariantly.</summary>
    /// <returns>The sources with what was generated for them.</returns>
    public static Compilation Generate(string? unrollBudget, CSharpParseOptions options, IEnumerable<string> sources)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat.NegativeSign = "\u2212";
            strange.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = strange;
            Driver(unrollBudget, options).RunGeneratorsAndUpdateCompilation(
                Compilation(options, sources), out Compilation generated, out ImmutableArray<Diagnostic> diagnostics);
            return diagnostics.IsEmpty ? generated : throw new InvalidOperationException(string.Join("\n", diagnostics));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Runs the generator without some of what makes programs faster, looped.</summary>
    /// <returns>The sources with what was generated for them.</returns>
    public static Compilation GenerateWithout(Optimizations optimizations, IReadOnlyList<Declaration> declarations)
    {
        Compilation compilation = Compilation(Plain, declarations.Select(declaration => declaration.Source));
        IEnumerable<SyntaxTree> generated =
            from tree in compilation.SyntaxTrees
            from node in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            let type = compilation.GetSemanticModel(tree).GetDeclaredSymbol(node)!
            let network = NetworkParser.Parse(type, new Reporter(), CancellationToken.None)
            where network is not null
            from file in NetworkEmitter.Write(Planner.Plan(network, 0, CancellationToken.None, optimizations), CancellationToken.None)
            select CSharpSyntaxTree.ParseText(file.Text, Plain, file.HintName);
        return compilation.AddSyntaxTrees(generated.ToArray());
    }

    /// <summary>Compiles and loads networks, together, but for those that are compiled already.</summary>
    /// <param name="compilation">The sources with what was generated for them.</param>
    /// <returns>The assembly that has a declaration, by name.</returns>
    /// <exception cref="InvalidOperationException">Something above Hidden was found in generated code, or an error anywhere.</exception>
    public static IReadOnlyDictionary<string, Assembly> Load(Compilation compilation, IReadOnlyList<Declaration> declarations)
    {
        ILookup<string, SyntaxTree> trees = compilation.SyntaxTrees.ToLookup(NameOfNetwork);
        List<TaskCompletionSource<Assembly>> claimed = [];
        Dictionary<string, Task<Assembly>> assemblies = [];
        foreach ((int index, Declaration declaration) in declarations.Index())
        {
            SyntaxTree[] own = [.. trees[declaration.Name].OrderBy(tree => tree.FilePath, StringComparer.Ordinal)];
            TaskCompletionSource<Assembly> mine = new();
            TaskCompletionSource<Assembly> first = Loaded.GetOrAdd(HashOf([declaration.Source, .. own.Select(tree => tree.ToString())]), mine);
            assemblies.Add(declaration.Name, first.Task);
            if (first == mine)
            {
                claimed.Add(mine);
            }
            else
            {
                compilation = compilation.RemoveSyntaxTrees([compilation.SyntaxTrees.Single(tree => tree.FilePath == $"Source{index}.cs"), .. own]);
            }
        }

        if (claimed.Count > 0)
        {
            Complete(claimed, () => Emit(compilation, []));
        }

        return assemblies.ToDictionary(assembly => assembly.Key, assembly => assembly.Value.GetAwaiter().GetResult());
    }

    private static void Complete(List<TaskCompletionSource<Assembly>> claimed, Func<Assembly> load)
    {
        try
        {
            Assembly assembly = load();
            claimed.ForEach(one => one.SetResult(assembly));
        }
        catch (Exception exception)
        {
            claimed.ForEach(one => one.SetException(exception));
        }
    }

    /// <summary>Of a generated file, Declared.Net.Engine.g.cs: Net.</summary>
    private static string NameOfNetwork(SyntaxTree tree) =>
        Path.GetFileName(tree.FilePath).Split('.') is [Declaration.Namespace, string name, ..] ? name : "";

    private static string HashOf(IEnumerable<string> texts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))));

    private static Assembly Emit(Compilation compilation, IEnumerable<Diagnostic> found)
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
