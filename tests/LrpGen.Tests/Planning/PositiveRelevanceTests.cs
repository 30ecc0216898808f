using CsCheck;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Planning;

public class PositiveRelevanceTests
{
    private const string Perceptron = "[Network(4)] [Linear(4)] [ReLU] [Linear(3)]";
    private const string Shortcut = "[Network(4)] [Linear(4)] [ReLU] [Linear(4)] [Add(\"1\", \"2\")] [ReLU] [Linear(3)]";

    /// <summary>Of which layers' outputs only positive ones get relevance, as a digit for each layer.</summary>
    [Theory]
    [InlineData(Perceptron, "[Epsilon]", "110")]
    [InlineData(Perceptron, "[Gamma(0.25)]", "110")]
    [InlineData(Perceptron, "[ZPlus]", "110")]
    [InlineData(Perceptron, "[AlphaBeta(2, 1)]", "110")]
    [InlineData(Perceptron, "[Flat]", "000")]
    [InlineData(Perceptron, "[WSquare]", "000")]
    [InlineData(Perceptron, "[Own]", "000")] // a w + w²
    [InlineData(Perceptron, "[Derivative(On = LayerKinds.Linear)]", "000")]
    [InlineData(Perceptron, "[Flat(First = true)] [Epsilon]", "110")]
    [InlineData(Perceptron, "[Epsilon] [Derivative(On = LayerKinds.Activation)]", "010")]
    [InlineData(Perceptron, "[Epsilon] [Guided(On = LayerKinds.Activation)]", "010")]
    [InlineData(Perceptron, "[Epsilon] [Rectified(On = LayerKinds.Activation)]", "010")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU6] [Linear(3)]", "[Epsilon]", "110")]
    [InlineData("[Network(4)] [Linear(4)] [Sigmoid] [Linear(3)]", "[Epsilon]", "010")]
    [InlineData("[Network(4)] [Linear(4)] [Softmax] [Linear(3)]", "[Epsilon]", "010")]
    [InlineData("[Network(4)] [Linear(4)] [Tanh] [Linear(3)]", "[Epsilon]", "000")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU]", "[Epsilon]", "00")]
    [InlineData("[Network(4)] [Linear(4)] [Dropout] [ReLU] [Linear(3)]", "[Epsilon]", "1110")]
    [InlineData("[Network(4)] [Linear(4)] [BatchNorm1d] [ReLU] [Linear(3)]", "[Epsilon]", "1110")]
    [InlineData("[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [BatchNorm1d] [ReLU] [Flatten] [Linear(3)]", "[Epsilon]", "111110")]
    [InlineData("[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [MaxPool1d(2)] [Flatten] [Linear(3)]", "[ZPlus]", "11110")]
    [InlineData("[Network(1, 8)] [Conv1d(2, 3)] [MaxPool1d(2)] [ReLU] [Conv1d(2, 3)]", "[Gamma(0.25)]", "1110")]
    [InlineData("[Network(1, 8)] [Conv1d(2, 3)] [MaxPool1d(2)] [Conv1d(2, 3)]", "[Gamma(0.25)]", "000")]
    [InlineData("[Network(1, 8)] [MaxPool1d(2)] [Conv1d(2, 3)]", "[ZBox(0, 1)]", "00")]
    [InlineData("[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [AvgPool1d(2)] [Flatten] [Linear(3)]", "[Epsilon]", "11110")]
    [InlineData(
        "[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [AvgPool1d(2)] [Flatten] [Linear(3)]",
        "[Epsilon] [Derivative(On = LayerKinds.AveragePool)]",
        "00110")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(4, From = \"input\")] [ReLU] [Concat(\"1\", \"3\")] [Linear(3)]", "[Epsilon]", "111110")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(4, From = \"input\")] [Concat(\"1\", \"2\")] [Linear(3)]", "[Epsilon]", "00000")]
    [InlineData(
        "[Network(4)] [Linear(4)] [ReLU] [Linear(4)] [Linear(4, From = \"1\")] [Add(\"2\", \"3\")]",
        "[Flat(Layer = \"3\")] [Epsilon]",
        "00000")]
    [InlineData(
        "[Network(4)] [Linear(4)] [ReLU] [Linear(4)] [Linear(4, From = \"1\")] [Add(\"2\", \"3\")]",
        "[ZPlus(Layer = \"3\")] [Epsilon]",
        "11000")]
    [InlineData(Shortcut, "[Epsilon]", "110110")]
    [InlineData(Shortcut, "[Epsilon] [Norm]", "110110")]
    [InlineData(Shortcut, "[Epsilon] [Derivative(On = LayerKinds.Add)]", "000110")]
    public void InactiveOutputsGetNoRelevance(string layers, string rules, string expected)
    {
        Generator.Model.Network network = Parsing.Declaration.Parse(
            $"{layers} [Explain<Composite>]", $"""{rules} struct Composite : IComposite; [Share("a w + w²")] class OwnAttribute : RuleAttribute;""");
        Assert.Equal(expected, string.Concat(Of(network, 0).Select(isSo => isSo ? '1' : '0')));
    }

    /// <summary>What is inferred of random networks holds for the numbers that the interpreter finds.</summary>
    [Fact]
    public void TheInterpreterFindsNoRelevanceThere()
    {
        int layers = 0;
        RandomCase.Any.Sample(
            given =>
            {
                Declaration declaration = given.Declare(0);
                Generator.Model.Network network = Parsing.Declaration.Parse(
                    Parsing.Declaration.Compile(declaration.Source), $"{Declaration.Namespace}.{declaration.Name}");
                InterpretedNetwork interpreted =
                    new(declaration, given.Weights().ToDictionary(weight => weight.Key, weight => weight.Value.ToDoubles()));
                foreach ((int index, ExplanationSpec explanation) in given.Explanations.Index())
                {
                    Run run = interpreted.Explain(explanation.Name, given.Input(), given.Target);
                    foreach ((int layer, _) in Of(network, index).Index().Where(layer => layer.Item))
                    {
                        layers++;
                        (double[] activation, double[] relevance) = run.Layers[network.Layers[layer].Name];
                        Assert.All(
                            activation.Zip(relevance), output => Assert.True(output.First > 0 || output.Second == 0, $"layer {layer}: {output}"));
                    }
                }
            },
            seed: RandomNetworkTests.FirstSeed,
            iter: 250,
            threads: 1);
        Assert.InRange(layers, 50, int.MaxValue);
    }

    private static IReadOnlyList<bool> Of(Generator.Model.Network network, int explanation) =>
        PositiveRelevance.Of(new ExplanationFacts(new NetworkFacts(network), network.Explanations[explanation]));
}
