using System.Reflection;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Parsing;
using LrpGen.Generator.Rules;
using LrpGen.Rules;
using Microsoft.CodeAnalysis;

namespace LrpGen.Tests.Parsing;

public class RuleParserTests
{
    public static TheoryData<string> RulesOfTheRuntime =>
        [.. typeof(RuleAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RuleAttribute))).Select(type => type.Name)];

    /// <summary>The parser cannot run a constructor, so it must know the initial values of properties; here it runs.</summary>
    [Theory]
    [MemberData(nameof(RulesOfTheRuntime))]
    public void Properties_that_are_not_given_have_the_values_of_the_runtime(string name)
    {
        Type type = typeof(RuleAttribute).Assembly.GetType($"LrpGen.Rules.{name}", throwOnError: true)!;
        ConstructorInfo constructor = type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length)!;
        object[] arguments = [.. constructor.GetParameters().Select((_, index) => (object)(2.0 - index))];
        RuleAttribute rule = (RuleAttribute)constructor.Invoke(arguments);

        INamedTypeSymbol composite = Declaration
            .Compile($"[{name}({string.Join(", ", arguments)})] struct Own : IComposite;")
            .GetTypeByMetadataName("Own")!;
        RuleTemplate parsed = Assert.Single(CompositeParser.Parse(composite, new Reporter())!.Rules);

        int? appliesTo = (int?)type.GetCustomAttribute<AppliesToAttribute>()?.Kinds;
        Assert.Equal(appliesTo ?? (int)(Generator.Rules.LayerKinds.Linear | Generator.Rules.LayerKinds.Convolution), (int)parsed.On);
        Assert.Equal((rule.First, rule.Layer, rule.When.ToString()), (parsed.First, parsed.Layer, parsed.When.ToString()));
        Assert.All(
            parsed.Parameters.Where(parameter => parameter.Parameter == RuleParameter.Stabilizer),
            stabilizer => Assert.Equal([rule.Stabilizer], stabilizer.Values));
    }
}
