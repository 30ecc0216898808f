using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class SignInferenceTests
{
    [Theory]
    [InlineData("ReLU", true)]
    [InlineData("ReLU6", true)]
    [InlineData("Sigmoid", true)]
    [InlineData("Softplus", true)]
    [InlineData("Softmax", true)]
    [InlineData("Tanh", false)]
    [InlineData("GELU", false)]
    [InlineData("MaxPool1d(2)", false)]
    [InlineData("Conv1d(2, 2)", false)]
    public void OutputOfSomeLayersIsNeverNegative(string layer, bool nonNegative) =>
        Assert.Equal(nonNegative, SignInference.Outputs(Declaration.Parse($"[Network(2, 8)] [{layer}]"))[0] == Sign.NonNegative);

    [Theory]
    [InlineData("MaxPool1d(2)", true)]
    [InlineData("AvgPool1d(2, Padding = 1)", true)]
    [InlineData("AdaptiveAvgPool1d(2)", true)]
    [InlineData("Flatten", true)]
    [InlineData("Dropout", true)]
    [InlineData("LeakyReLU", true)]
    [InlineData("ELU", true)]
    [InlineData("SiLU", true)]
    [InlineData("GELU", true)]
    [InlineData("Tanh", true)]
    [InlineData("BatchNorm1d", false)]
    [InlineData("Conv1d(2, 2)", false)]
    public void OtherLayersKeepWhatIsNotNegative(string layer, bool keeps) =>
        Assert.Equal(keeps, SignInference.Outputs(Declaration.Parse($"[Network(2, 8)] [ReLU] [{layer}]"))[1] == Sign.NonNegative);
}
