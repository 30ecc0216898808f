using System.Collections.Immutable;
using System.Reflection;
using CsCheck;
using LrpGen.Generator;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Parsing;
using LrpGen.Rules;
using LrpGen.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LrpGen.Tests.Diagnostics;

/// <summary>Declarations with arguments that no sane person writes, some of which do not even compile.</summary>
public class HostileDeclarationTests
{
    private static readonly Gen<string> Integers = Gen.Frequency(
        (8, Gen.OneOf("1", "2", "3")),
        (1, Gen.OneOf("0", "-1", "7", "99999", "536870912", "int.MaxValue", "int.MinValue")));

    private static readonly Gen<string> Numbers = Gen.Frequency(
        (8, Gen.OneOf("0", "0.5", "1", "2")),
        (1, Gen.OneOf("-0.0", "-1", "1e300", "double.Epsilon", "double.NaN", "double.NegativeInfinity")));

    private static readonly Gen<string> Strings = Gen.OneOf("\"0\"", "\"1\"", "\"conv\"", "\"input\"", "\"\"", "\"\\r\"", "null");

    private static readonly Gen<string> Arrays = Gen.OneOf(
        "null", "new double[0]", "new[] { 0.5 }", "new[] { -1.0, 0, 2 }", "new[] { double.NaN, 1 }");

    private static readonly Gen<string> Malformed = Gen.OneOf(
        "(\"x\")", "(null)", "(default)", "(Missing)", "(1 +)", "(typeof(int))", "(1, 2, 3, 4, 5, 6)", "(Missing = 1)", "(Name = 1)",
        "(Lows = new[] { \"x\" })", "(Stride = 1.5)", "(new int[] { 1 })", "((int[])null)");

    private static readonly Gen<string> Sizes = Gen.Frequency(
        (6, Integers),
        (2, Gen.OneOf("\"n\"", "\"channels\"", "\"2 * n - 1\"", "\"(n + 1) / 2\"")),
        (1, Gen.OneOf("\"\"", "\"n /\"", "\"1 / (n - n)\"", "\"((n\"", "\"99999 * 99999\"", "\"missing\"", "\"\0\"", "null", "1.5", "typeof(int)")));

    private static readonly Gen<string> Layers = Several(
        [
            .. AttributeTypes(typeof(LayerAttribute)).Where(type => !type.IsGenericType).Select(Attribute),
            .. new[] { "A", "B", "B", "B", "Composite", "Missing" }.Select(block => Named($"Block<{block}>", typeof(BlockAttribute<>))),
        ]);

    private static readonly Gen<string> Parameters = Gen.OneOf(
        "", "[Parameters(\"n\")]", "[Parameters(\"n = 2\")]", "[Parameters(\"m\", \"n = 1\")]", "[Parameters(\"n =\", null)]", "[Parameters(null)]");

    private static readonly Gen<string> Rules = Several(
        [
            .. AttributeTypes(typeof(RuleAttribute)).Concat(AttributeTypes(typeof(ProcedureAttribute))).Select(Attribute),
            Named("OwnRule", typeof(GammaAttribute)),
        ]);

    private static readonly Gen<string> Explanations = Several(
        [
            .. typeof(EpsilonPlus).Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(typeof(IComposite)) && type.IsValueType)
                .Select(type => type.Name).Concat(["Composite", "Composite", "Composite", "int[]", "Missing"])
                .Select(composite => Named($"Explain<{composite}>", typeof(ExplainAttribute<>))),
        ]);

    private static readonly Gen<string> Source =
        from network in Gen.Frequency((8, Gen.OneOf("(3)", "(2, 9)", "(3, 12, 11)")), (1, Arguments(typeof(NetworkAttribute))), (1, Malformed))
        from layers in Layers
        from explanations in Explanations
        from type in Gen.Frequency((8, Gen.Const("partial class")), (1, Gen.OneOf("class", "static partial class", "partial record", "struct")))
        from rules in Rules
        from share in Gen.Frequency((8, Gen.Const("(\"a (w+γw⁺)\")")), (1, Arguments(typeof(ShareAttribute))), (1, Malformed))
        from blocks in Gen.Select(Parameters, Layers).Array[2]
        select $$"""
            [Network{{network}}] {{layers}} {{explanations}} {{type}} Net;
            {{blocks[0].Item1}} {{blocks[0].Item2}} struct A : IBlock;
            {{blocks[1].Item1}} {{blocks[1].Item2}} struct B : IBlock;
            {{rules}} struct Composite : IComposite;
            [Share{{share}}] class OwnRuleAttribute(double gamma = 1) : RuleAttribute;
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
        iter: 200);

    private static IEnumerable<Type> AttributeTypes(Type ancestor) =>
        ancestor.Assembly.GetTypes().Where(type => type.IsSubclassOf(ancestor) && !type.IsAbstract);

    private static Gen<string> Several(IEnumerable<Gen<string>> attributes) => Gen.OneOf([.. attributes]).Array[0, 4].Select(string.Concat);

    private static Gen<string> Attribute(Type type) => Named(type.Name, type);

    private static Gen<string> Named(string name, Type type) =>
        Gen.Frequency((20, Arguments(type)), (1, Malformed)).Select(arguments => $"[{name}{arguments}]");

    /// <summary>Arguments of the right types, with any values: those of a constructor, and of a few properties.</summary>
    private static Gen<string> Arguments(Type type)
    {
        IEnumerable<Gen<string>> required = type.GetConstructors()
            .MaxBy(constructor => constructor.GetParameters().Length)!
            .GetParameters()
            .Select(parameter => Literal(parameter.ParameterType));
        IEnumerable<Gen<string>> optional = type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => Gen.Frequency(
                (6, Gen.Const("")),
                (1, Literal(property.PropertyType).Select(literal => $"{property.Name} = {literal}"))));
        return required.Concat(optional)
            .Aggregate(Gen.Const(""), (all, next) => Gen.Select(all, next, Join))
            .Select(arguments => $"({arguments})");
    }

    private static string Join(string head, string tail) => head == "" || tail == "" ? head + tail : $"{head}, {tail}";

    private static Gen<string> Literal(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(int[]) => Integers,
        _ when type == typeof(object) || type == typeof(object[]) => Sizes,
        _ when type == typeof(double) => Numbers,
        _ when type == typeof(bool) => Gen.OneOf("true", "false"),
        _ when type == typeof(string) => Strings,
        _ when type == typeof(double[]) => Arrays,
        _ => Integers.Select(value => $"({type.Name})({value})"),
    };
}
