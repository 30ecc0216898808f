using System.Collections.Immutable;
using System.Globalization;
using LrpGen.Generator;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Model;
using LrpGen.Generator.Parsing;
using LrpGen.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LrpGen.Tests.Diagnostics;

public class NetworkAnalyzerTests
{
    public static TheoryData<DiagnosticCase> Cases => [.. DiagnosticCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Fault_is_shown_at_its_place(DiagnosticCase expected)
    {
        MarkedSource source = MarkedSource.Parse(expected.Source);
        CSharpCompilation compilation = Declaration.Compile(source.Text);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        Diagnostic actual = Assert.Single(await Analyze(compilation));

        Assert.Equal(
            (expected.Id, expected.Message, source.Place),
            (actual.Id, actual.GetMessage(CultureInfo.InvariantCulture), actual.Location.SourceSpan));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_generated_for_a_network_with_an_error(DiagnosticCase faulty)
    {
        bool isError = Descriptors.All.Single(descriptor => descriptor.Id == faulty.Id).DefaultSeverity == DiagnosticSeverity.Error;
        GeneratorRunResult result = Generate(Declaration.Compile(MarkedSource.Parse(faulty.Source).Text));

        Assert.Null(result.Exception);
        Assert.True(!isError || result.GeneratedSources.IsEmpty);
    }

    /// <summary>The constructor of a network is private, but not there yet when the generator looks.</summary>
    [Theory]
    [InlineData("class Base(int size) { public int Size => size; }")]
    [InlineData("class Base { private Base() { } }")]
    [InlineData("[Network(3)] [ReLU] partial class Base;")]
    public async Task Class_that_cannot_construct_its_base_is_no_network(string source)
    {
        Diagnostic actual = Assert.Single(await Analyze(Declaration.Compile($"[Network(3)] [ReLU] partial class Net : Base; {source}")));

        Assert.Equal(
            "'Net' cannot be a network because it is derived from a class that it cannot construct without arguments",
            actual.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>Of faults of one kind at one place, those that say something else are shown too.</summary>
    [Theory]
    [InlineData(
        """[Network(3)] [Linear(2)] [Explain<Own>] partial class Net; [Flat(Layer = "a")] [Flat(Layer = "b")] [Epsilon] struct Own : IComposite;""",
        "There is no layer 'a', which rule Flat is for; the layers are 0",
        "There is no layer 'b', which rule Flat is for; the layers are 0")]
    [InlineData(
        "[Network(3)] [Linear(2)] partial class Net : Base; class Base { public int InputSize; public int OutputSize; }",
        "'InputSize' of 'Net' has the name of a member that is to be generated; rename it",
        "'OutputSize' of 'Net' has the name of a member that is to be generated; rename it")]
    public async Task Every_fault_at_a_place_is_shown(string source, string first, string second) => Assert.Equal(
        [first, second],
        (await Analyze(Declaration.Compile(source)))
            .Select(fault => fault.GetMessage(CultureInfo.InvariantCulture))
            .Order(StringComparer.Ordinal));

    /// <summary>As of one that another generator writes, which this one cannot see.</summary>
    [Fact]
    public async Task Unknown_attribute_is_left_to_the_compiler() =>
        Assert.Empty(await Analyze(WithGeneratedCode("[Generated] [Network(3)] [Linear(2)] partial class Net;")));

    /// <summary>Names of generated files are compared without case, and take no <c>@</c>.</summary>
    [Fact]
    public void Names_that_files_cannot_have_or_tell_apart_are_no_fault()
    {
        CSharpCompilation compilation = Declaration.Compile("""
            [Network(3)] [ReLU] [Explain<Gradient>] partial class Net;
            [Network(3)] [ReLU] partial class NET;
            namespace App { [Network(3)] [ReLU] partial class Net; }
            namespace app { [Network(3)] [ReLU] partial class Net; }
            namespace net { [Network(3)] [ReLU] partial class ExplainGradient; }
            namespace @event { [Network(3)] [ReLU] partial class @required; }
            """);

        CSharpGeneratorDriver.Create(new LrpGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);

        Assert.DoesNotContain(generated.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal((2 * 6) + 1, generated.SyntaxTrees.Except(compilation.SyntaxTrees).Count());
    }

    /// <summary>What generated code calls means the same whatever the user's types are called.</summary>
    [Fact]
    public void Types_called_like_those_of_the_library_are_no_fault()
    {
        CSharpCompilation compilation = Declaration.Compile("""
            namespace LrpGen { class Layout; class Lanes; class Stabilized; class Guard; class Vector256; }
            namespace App { class Guard; class Column; [Network(3)] [Linear(2)] [Explain<EpsilonPlus>] partial class Explanation; }
            namespace System.App { [Network(3)] [Linear(2)] [Explain<EpsilonPlus>] partial class Span; }
            namespace A_ { [Network(3)] [Linear(2)] partial class B; }
            namespace A { [Network(3)] [Linear(2)] partial class _B; }
            """);

        CSharpGeneratorDriver.Create(new LrpGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);

        Assert.DoesNotContain(generated.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Every_diagnostic_has_a_case() => Assert.Equal(
        Descriptors.All.Select(descriptor => descriptor.Id).Where(id => id != Descriptors.BadUnrollBudget.Id),
        DiagnosticCases.All.Select(@case => @case.Id).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_diagnostic_is_listed_once_and_links_to_its_section()
    {
        string documentation = File.ReadAllText(RepositoryFile("docs/diagnostics.md"));
        string releases = File.ReadAllText(RepositoryFile("generator/LrpGen.Generator/AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(RepositoryFile("generator/LrpGen.Generator/AnalyzerReleases.Shipped.md"));

        Assert.Equal(Descriptors.All.Length, Descriptors.All.Select(descriptor => descriptor.Id).Distinct().Count());
        Assert.All(Descriptors.All, descriptor =>
        {
            Assert.Contains($"\n## {descriptor.Id}\n\n**{descriptor.Title}**", documentation);
            Assert.EndsWith($"docs/diagnostics.md#{descriptor.Id.ToLowerInvariant()}", descriptor.HelpLinkUri);
            Assert.Contains($"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}", releases);
        });
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public async Task Malformed_budget_is_shown_without_a_place(string budget)
    {
        Diagnostic actual = Assert.Single(await Analyze(Declaration.Compile("class Empty;"), budget));

        Assert.Equal((Descriptors.BadUnrollBudget.Id, Location.None), (actual.Id, actual.Location));
        Assert.Contains($"'{budget}'", actual.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("unlimited")]
    public async Task Good_budget_is_taken(string budget) => Assert.Empty(await Analyze(Declaration.Compile("class Empty;"), budget));

    [Fact]
    public async Task Presets_are_faultless() => Assert.Empty(await Analyze(Declaration.Compile("""
        [Network(1, 28, 28)]
        [Conv2d(16, 5, Padding = 2)] [ReLU] [MaxPool2d(2)]
        [Flatten]
        [Linear(10)]
        [Explain<EpsilonPlusFlat>]
        [Explain<EpsilonGammaBox>(Low = -1, High = 1)]
        [Explain<DeepTaylor>]
        [Explain<GuidedBackprop>]
        partial class Net;
        """)));

    [Theory]
    [InlineData("[Network(3)] [Linear(2)]")]
    [InlineData("""[Network(3)] [Linear(2)] [Explain<Gradient>] [Explain<Gradient>(Name = "Fine")]""")]
    [InlineData("""[Network(3)] [Linear(2)] [Explain<Gradient>(Mask = "0")] [Explain<Gradient>(Name = "Fine", Mask = "0")]""")]
    [InlineData("""
        [Network(3)] [Linear(2)]
        [Explain<IntegratedGradients>] [Explain<Occlusion>(Window = 1, Stride = 1)] [Explain<TaylorDecomposition>] [Explain<SmoothGrad>]
        """)]
    [InlineData("[Network(4, 3, Variable = true)] [Linear(2)] [Explain<Gradient>]")]
    [InlineData("""[Network(Tokens = 4)] [Embedding(5, 3)] [Linear(2)] [Explain<CPLRP>(Mask = "1")] [Explain<IntegratedGradients>]""")]
    public async Task All_generated_members_are_known_and_no_fault(string attributes)
    {
        Compilation generated = WithGeneratedCode($"{attributes} partial class Net;");
        INamedTypeSymbol type = generated.GetTypeByMetadataName("Net")!;
        Network network = NetworkParser.Parse(type, new Reporter(), CancellationToken.None)!;

        Assert.Equal(
            type.GetMembers().Where(member => member.CanBeReferencedByName).Select(GeneratedMembers.SignatureOf).Order(StringComparer.Ordinal),
            GeneratedMembers.Signatures(network).Order(StringComparer.Ordinal));
        Assert.Empty(await Analyze(generated));
    }

    [Theory]
    [InlineData("""partial class Net { public static Net Load() => Load("net.safetensors"); }""")]
    [InlineData("partial class Net { public static Net Load<T>(string path) => Load(path); }")]
    [InlineData("partial class Net { public float[] Forward(float[] input) { float[] z = new float[OutputSize]; Forward(input, z); return z; } }")]
    [InlineData("partial class Net : Base; class Base { protected Base(int size = 3) { } public void Load(int size) { } private int engine; }")]
    [InlineData("partial class Net { static Net() { } }")]
    public async Task Members_of_the_user_that_do_not_clash_are_no_fault(string source)
    {
        Compilation generated = WithGeneratedCode($"[Network(3)] [Linear(2)] partial class Net; {source}");

        Assert.DoesNotContain(generated.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await Analyze(generated));
    }

    /// <summary>Warnings are for networks that code was generated for, which must not hide them.</summary>
    [Fact]
    public async Task Warning_is_shown_on_a_class_with_generated_code()
    {
        Compilation generated = WithGeneratedCode("[Network(3)] [Linear(2)] [Softmax] [Explain<Gradient>] partial class Net;");

        Assert.Equal(Descriptors.ProbabilityAtTheEnd.Id, Assert.Single(await Analyze(generated)).Id);
    }

    private static Compilation WithGeneratedCode(string source)
    {
        CSharpGeneratorDriver.Create(new LrpGenerator())
            .RunGeneratorsAndUpdateCompilation(Declaration.Compile(source), out Compilation generated, out _);
        Assert.Contains(generated.GetTypeByMetadataName("Net")!.GetMembers(), member => member.Name == "InputSize");
        return generated;
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, string? unrollBudget = null) =>
        compilation
            .WithAnalyzers([new NetworkAnalyzer()], new AnalyzerOptions([], new Options(unrollBudget)))
            .GetAnalyzerDiagnosticsAsync(CancellationToken.None);

    private static GeneratorRunResult Generate(Compilation compilation) =>
        Assert.Single(CSharpGeneratorDriver.Create(new LrpGenerator()).RunGenerators(compilation).GetRunResult().Results);

    private static string RepositoryFile(string path)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "LrpGen.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory.FullName, path);
    }

    private sealed class Options(string? unrollBudget) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(unrollBudget);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string? unrollBudget) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = unrollBudget ?? "";
                return unrollBudget is not null && key == "build_property.LrpGenUnrollBudget";
            }
        }
    }
}
