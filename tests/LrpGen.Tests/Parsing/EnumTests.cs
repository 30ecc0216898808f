using LrpGen.Generator.Parsing;

namespace LrpGen.Tests.Parsing;

/// <summary>The generator cannot refer to the runtime, so it has enums of its own for what attributes contain.</summary>
public class EnumTests
{
    [Theory]
    [InlineData(typeof(LrpGen.Rules.LayerKinds), typeof(Generator.Rules.LayerKinds))]
    [InlineData(typeof(LrpGen.Rules.Gate), typeof(Generator.Rules.Gate))]
    [InlineData(typeof(LrpGen.Rules.Condition), typeof(Generator.Rules.Condition))]
    [InlineData(typeof(Seed), typeof(Generator.Rules.Seed))]
    [InlineData(typeof(GeluApproximation), typeof(Generator.Layers.Activation.GeluApproximation))]
    public void Enums_of_runtime_and_generator_agree(Type runtime, Type generator) => Assert.Equal(Members(runtime), Members(generator));

    private static IEnumerable<(string Name, int Value)> Members(Type type) =>
        Enum.GetNames(type).Select(name => (name, (int)Enum.Parse(type, name)));
}
