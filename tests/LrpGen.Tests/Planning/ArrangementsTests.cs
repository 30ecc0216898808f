using LrpGen.Generator.Analysis;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class ArrangementsTests
{
    /// <summary>Pitches of the network's input and of every layer's output.</summary>
    [Theory]
    [InlineData("[Network(8)] [Linear(9)]", 16, 16)]
    [InlineData("[Network(1, 6, 6)] [Conv2d(17, 3)]", 4, 32)]
    [InlineData("[Network(9, 8)] [MaxPool1d(2)] [ReLU] [AvgPool1d(2)]", 16, 16, 16, 16)]
    [InlineData("[Network(3, 4, 5)] [Flatten]", 16, 64)]
    [InlineData("[Network(3, 4, 5)] [AdaptiveAvgPool2d(1)] [Flatten]", 16, 16, 16)]
    [InlineData("[Network(12, 8)] [Conv1d(12, 3, Groups = 12)]", 16, 16)]
    public void PitchesAreWholeVectors(string network, params int[] expected) => Assert.Equal(expected, PitchesOf(network));

    /// <summary>The last of 3 groups of 2 channels begins at channel 4, and its vector ends at channel 20.</summary>
    [Fact]
    public void LastGroupOfAConvolutionNeedsAWholeVector() =>
        Assert.Equal([32, 32], PitchesOf("[Network(6, 8)] [Conv1d(6, 3, Groups = 3)]"));

    /// <summary>What shares a pitch with the convolution's input or output gets as much.</summary>
    [Fact]
    public void LayersThatKeepTheirChannelsShareAPitch() =>
        Assert.Equal([4, 32, 32, 32, 32], PitchesOf("[Network(4, 8)] [Conv1d(6, 1)] [ReLU] [Conv1d(6, 3, Groups = 3)] [MaxPool1d(2)]"));

    /// <summary>Few channels, which only convolutions over all of them read.</summary>
    [Theory]
    [InlineData("[Network(1, 8, 8)] [Conv2d(16, 3)]", true)]
    [InlineData("[Network(4, 8)] [Conv1d(16, 3)]", true)]
    [InlineData("[Network(3, 8)] [Conv1d(4, 1)] [Conv1d(4, 1, From = \"input\")] [Add(\"0\", \"1\")]", true)]
    [InlineData("[Network(5, 8)] [Conv1d(16, 3)]", false)]
    [InlineData("[Network(4)] [Linear(3)]", false)]
    [InlineData("[Network(3, 8)] [ReLU] [Conv1d(16, 3)]", false)]
    [InlineData("[Network(3, 8)] [MaxPool1d(2)] [Conv1d(16, 3)]", false)]
    [InlineData("[Network(3, 8)] [Flatten] [Linear(3)]", false)]
    [InlineData("[Network(3, 8)] [Conv1d(3, 1)] [Add(\"0\", \"input\")]", false)]
    [InlineData("[Network(4, 8)] [Conv1d(4, 3, Groups = 2)]", false)]
    [InlineData("[Network(3, 8)] [Conv1d(3, 3, Groups = 3)]", false)]
    public void InputOfFewChannelsIsNarrow(string network, bool expected)
    {
        Assert.Equal(expected, new Arrangements(Declaration.Parse(network)).IsNarrow);
        Assert.Equal(expected, PitchesOf(network).First() == 4);
    }

    private static IEnumerable<int> PitchesOf(string declaration)
    {
        Generator.Model.Network network = Declaration.Parse(declaration);
        Arrangements arrangements = new(network);
        return Enumerable.Range(-1, network.Layers.Count + 1).Select(layer => arrangements[layer].Pitch);
    }
}
