using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class NetworkFactsTests
{
    /// <summary>Every ReLU that the layer before it can do, with that layer.</summary>
    [Theory]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(3)] [ReLU]", "1 by 0", "3 by 2")]
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [ReLU]", "1 by 0")]
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [BatchNorm1d] [Identity] [ReLU]", "3 by 0")]
    [InlineData("[Network(4)] [Linear(4)] [Dropout] [ReLU]", "2 by 0")]
    [InlineData("[Network(4)] [Linear(4)] [Linear(4)] [Add(\"0\", \"1\")] [ReLU]", "3 by 2")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(4, From = \"0\")] [Add(\"1\", \"2\")]")] // z has two readers
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [ReLU(From = \"0\")] [Add(\"1\", \"2\")]")]
    [InlineData("[Network(4)] [Linear(4)] [Identity] [ReLU] [Add(\"1\", \"2\")]")] // what does nothing has
    [InlineData("[Network(4)] [Linear(4)] [Identity] [ReLU] [Add(\"0\", \"2\")]")]
    [InlineData("[Network(4)] [ReLU]")]
    [InlineData("[Network(4)] [Identity] [ReLU]")]
    [InlineData("[Network(1, 8)] [MaxPool1d(2)] [ReLU]")]
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [MaxPool1d(2)] [ReLU]")]
    [InlineData("[Network(1, 8)] [MaxPool1d(2)] [BatchNorm1d] [ReLU]")] // batch norm on its own
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [Flatten] [ReLU]")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU6] [Linear(4)] [LeakyReLU] [Linear(4)] [GELU]")]
    public void RectifiersAreWhatOnlyAReLUReads(string network, params string[] expected) => Assert.Equal(
        expected, new NetworkFacts(Declaration.Parse(network)).Rectifiers.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} by {pair.Value}"));
}
