namespace LrpGen.Tests.Parsing;

public class LayerParserTests
{
    [Theory]
    [InlineData("Network(1, 28, 28)", "Conv2d(16, 5, Padding = 2)", "(16, 28, 28)")]
    [InlineData("Network(3, 5, 7)", "MaxPool2d(2)", "(3, 2, 3)")]
    public void Shape_of_the_output_is_that_of_PyTorch(string network, string layer, string expected) =>
        Assert.Equal(expected, Declaration.Parse($"[{network}] [{layer}]").Output.ToString());
}
