using LrpGen.Generator.Analysis;
using LrpGen.Generator.Model;
using LrpGen.Generator.Rules;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Rules;

public class SignInferenceTests
{
    [Theory]
    [InlineData("ReLU", true)]
    [InlineData("ReLU6", true)]
    [InlineData("Sigmoid", true)]
    [InlineData("Softplus", true)]
    [InlineData("Softplus(2, 0)", true)]
    [InlineData("Softplus(threshold: -1)", false)] // −0.5 stays −0.5
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
    [InlineData("Softplus(threshold: -1)", true)]
    [InlineData("BatchNorm1d", false)]
    [InlineData("Conv1d(2, 2)", false)]
    public void OtherLayersKeepWhatIsNotNegative(string layer, bool keeps) =>
        Assert.Equal(keeps, SignInference.Outputs(Declaration.Parse($"[Network(2, 8)] [ReLU] [{layer}]"))[1] == Sign.NonNegative);

    /// <summary>It is then a part of the linear layer, which reads what the batch norm reads.</summary>
    [Fact]
    public void Batch_norm_that_is_folded_into_the_layer_behind_it_keeps_what_is_not_negative() =>
        Assert.Equal(Sign.NonNegative, SignInference.Outputs(Declaration.Parse("[Network(2)] [ReLU] [BatchNorm1d] [Linear(2)]"))[1]);

    [Theory]
    [InlineData("""[Tanh] [Add("0", "input")]""", true)]
    [InlineData("""[Conv1d(2, 1)] [Add("0", "input")]""", false)]
    public void KnownInputIsTakenFurther(string layers, bool nonNegative) => Assert.Equal(
        nonNegative, SignInference.Outputs(Declaration.Parse($"[Network(2, 8)] {layers}"), Sign.NonNegative)[^1] == Sign.NonNegative);

    [Theory]
    [InlineData("""[ReLU] [Sigmoid] [Add("0", "1")]""", true)]
    [InlineData("""[ReLU] [Add("0", "input")]""", false)]
    [InlineData("""[Tanh] [ReLU] [Add("1", "0")]""", false)]
    [InlineData("""[ReLU] [Sigmoid] [Concat("0", "1")]""", true)]
    [InlineData("""[Tanh] [ReLU] [Concat("1", "0")]""", false)]
    [InlineData("""[ReLU] [Tanh(From = "input")] [Flatten(From = "0")] [Flatten(From = "1")] [Concat("2", "3")]""", false)]
    public void Join_is_not_negative_if_none_of_its_inputs_is(string layers, bool nonNegative) =>
        Assert.Equal(nonNegative, SignInference.Outputs(Declaration.Parse($"[Network(2, 8)] {layers}"))[^1] == Sign.NonNegative);
}
