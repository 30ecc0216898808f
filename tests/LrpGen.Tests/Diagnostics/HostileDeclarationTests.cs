using System.Collections.Immutable;
using CsCheck;
using LrpGen.Generator;
using LrpGen.Generator.Parsing;
using LrpGen.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LrpGen.Tests.Diagnostics;

/// <summary>Declarations with arguments that no sane person writes, many of which do not even compile.</summary>
public class HostileDeclarationTests
{
    private static readonly Gen<string> Literal = Gen.OneOf(
        "0", "1", "2", "3", "5", "-1", "int.MaxValue", "int.MinValue", "536870912", "99999", "0.5", "-0.0", "1e300", "double.NaN",
        "double.NegativeInfinity", "null", "default", "true", "\"x\"", "\"\"", "\"input\"", "new double[0]", "new double[] { 1, 2 }", "(double[])null",
        "new int[] { 3, 4 }", "(int[])null", "typeof(int)", "Missing", "LayerKinds.All", "(LayerKinds)77", "(Seed)9", "Seed.One", "1 +", "");

    private static readonly Gen<string> Name = Gen.OneOf(
        "Name", "Stride", "StrideH", "Padding", "PaddingW", "Dilation", "Groups", "Bias", "CeilMode", "CountIncludePad", "Eps", "Approximate", "On",
        "First", "Layer", "When", "Stabilizer", "ZeroBias", "Seed", "Epsilon", "Gamma", "Alpha", "Beta", "Low", "High", "Lows", "Highs", "Where", "Scale",
        "Normalized", "Missing");

    private static readonly Gen<string> Argument = Gen.Frequency(
        (3, Literal),
        (3, Gen.Select(Name, Literal, (name, literal) => $"{name} = {literal}")),
        (1, Gen.Select(Name, Literal, (name, literal) => $"{name.ToLowerInvariant()}: {literal}")));

    private static readonly Gen<string> Arguments = Argument.Array[0, 4].Select(arguments => $"({string.Join(", ", arguments)})");

    private static readonly Gen<string> Layers = Attribute([.. LayerTable.Kinds, "Own", "Missing"]).Array[0, 6].Select(string.Concat);

    private static readonly Gen<string> Rules = Attribute(
        "Epsilon", "Gamma", "AlphaBeta", "ZPlus", "ZBox", "WSquare", "Flat", "Pass", "Norm", "Derivative", "Guided", "OwnRule", "Start", "Missing")
        .Array[0, 4].Select(string.Concat);

    private static readonly Gen<string> Explanations = Attribute(
        "Explain<EpsilonPlus>", "Explain<EpsilonGammaBox>", "Explain<DeepTaylor>", "Explain<Gradient>", "Explain<Composite>", "Explain<int[]>",
        "Explain<Missing>", "Explain<>", "Explain")
        .Array[0, 3].Select(string.Concat);

    private static readonly Gen<string> Type = Gen.OneOf("partial class", "class", "static partial class", "partial record", "struct", "partial interface");

    private static readonly Gen<string> Source =
        from network in Arguments
        from layers in Layers
        from explanations in Explanations
        from type in Type
        from rules in Rules
        from share in Arguments
        select $$"""
            [Network{{network}}] {{layers}} {{explanations}} {{type}} Net;
            {{rules}} struct Composite : IComposite;
            [Share{{share}}] class OwnRuleAttribute(double gamma = 1) : RuleAttribute;
            class OwnAttribute : LayerAttribute;
            """;

    [Fact]
    public void Nothing_makes_the_generator_or_the_analyzer_throw() => Source.Sample(
        source =>
        {
            CSharpCompilation compilation = Declaration.Compile(source);
            GeneratorRunResult result = CSharpGeneratorDriver.Create(new LrpGenerator()).RunGenerators(compilation).GetRunResult().Results.Single();
            ImmutableArray<Diagnostic> diagnostics = compilation
                .WithAnalyzers([new NetworkAnalyzer()])
                .GetAnalyzerDiagnosticsAsync(CancellationToken.None)
                .GetAwaiter().GetResult();
            return result.Exception is null && diagnostics.All(diagnostic => Descriptors.All.Any(known => known.Id == diagnostic.Id));
        },
        iter: 500);

    private static Gen<string> Attribute(params string[] names) =>
        Gen.Select(Gen.OneOf(names), Gen.Frequency((1, Gen.Const("")), (1, Gen.OneOf("(1)", "(2, 2)")), (2, Arguments)), (name, arguments) => $"[{name}{arguments}]");
}
