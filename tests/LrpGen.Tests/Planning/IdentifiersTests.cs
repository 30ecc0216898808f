using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class IdentifiersTests
{
    [Theory]
    [InlineData("layer1.0.conv1", "Layer1_0_Conv1")]
    [InlineData("3", "Conv3")]
    [InlineData("features.3", "Features_Conv3")]
    [InlineData("0.3", "Conv0_3")]
    [InlineData("0.fc", "Conv0_Fc")]
    [InlineData("a-b.é", "A_B_É")]
    [InlineData(".", "Conv_")]
    [InlineData("1×1", "Conv1_1")]
    public void Identifier_is_the_name_as_a_path_with_the_kind_where_it_is_a_number(string name, string expected) =>
        Assert.Equal([expected], Of($"""[Network(3, 8, 8)] [Conv2d(2, 3, Name = "{name}")]"""));

    [Fact]
    public void Identifiers_of_different_names_differ() => Assert.Equal(
        ["ReLU1_0", "ReLU1_0_2", "ReLU1_0_2_2"],
        Of("""[Network(3)] [ReLU(Name = "1.0")] [ReLU(Name = "1_0")] [ReLU(Name = "1.0.2")]"""));

    private static IReadOnlyList<string> Of(string attributes) => Identifiers.Of(Declaration.Parse(attributes));
}
