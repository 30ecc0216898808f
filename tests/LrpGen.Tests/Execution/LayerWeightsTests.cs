using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class LayerWeightsTests
{
    [Fact]
    public void ABatchNormIsFolded()
    {
        // c = γ / √(variance + eps): 3 / √(3 + 1) = 1.5 and −4 / √(15 + 1) = −1.
        LayerWeights weights = new([1, 2, 3, 4], [5, 6], outputs: 2, inputsPerGroup: 1, kernelHeight: 1, kernelWidth: 2);
        LayerWeights folded = weights.FoldBatchNorm(gamma: [3, -4], beta: [10, 20], mean: [1, 2], variance: [3, 15], eps: 1);

        Assert.Equal([1.5f, 3, -3, -4], folded.Weight);
        Assert.Equal([(5 - 1) * 1.5f + 10, (6 - 2) * -1f + 20], folded.Bias);
        Assert.Equal((2, 1, 1, 2), (folded.Outputs, folded.InputsPerGroup, folded.KernelHeight, folded.KernelWidth));
    }

    /// <summary>
    /// Two groups of one output, two inputs and two taps; c = 1.5, −1, 1, 2 and d = 10 − 1.5, 20 + 2, 0, 1 for the inputs' channels.
    /// </summary>
    [Fact]
    public void ABatchNormBeforeTheLayerIsFolded()
    {
        LayerWeights weights = new([1, 2, 3, 4, 5, 6, 7, 8], [5, 6], outputs: 2, inputsPerGroup: 2, kernelHeight: 1, kernelWidth: 2);
        LayerWeights folded = weights.FoldBatchNormBefore(
            gamma: [3, -4, 2, 4], beta: [10, 20, 0, 1], mean: [1, 2, 0, 0], variance: [3, 15, 3, 3], eps: 1);

        Assert.Equal([1.5f, 3, -3, -4, 5, 6, 14, 16], folded.Weight);
        Assert.Equal([5 + (3 * 8.5f) + (7 * 22), 6 + (11 * 0) + (15 * 1)], folded.Bias);
    }

    /// <summary>Two groups, each with two inputs, one output and two taps, whose weights are those of a convolution the other way.</summary>
    [Fact]
    public void ABatchNormIsFoldedIntoATransposedLayer()
    {
        LayerWeights weights = new([1, 2, 3, 4, 5, 6, 7, 8], [5, 6], outputs: 4, inputsPerGroup: 1, kernelHeight: 1, kernelWidth: 2);
        LayerWeights folded = weights.FoldBatchNormIntoTransposed(gamma: [3, -4], beta: [10, 20], mean: [1, 2], variance: [3, 15], eps: 1);

        Assert.Equal([1.5f, 3, 4.5f, 6, -5, -6, -7, -8], folded.Weight);
        Assert.Equal([(5 - 1) * 1.5f + 10, (6 - 2) * -1f + 20], folded.Bias);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1e-5)]
    [InlineData(1e-38f, 0)]
    public void ABatchNormThatDividesByNothingIsRefused(float variance, double eps)
    {
        LayerWeights weights = new([float.MaxValue], [0], outputs: 1, inputsPerGroup: 1, kernelHeight: 1, kernelWidth: 1);
        Assert.Throws<InvalidDataException>(() => weights.FoldBatchNorm([1], [0], [0], [variance], eps));
        Assert.Throws<InvalidDataException>(() => weights.FoldBatchNormBefore([1], [0], [0], [variance], eps));
    }
}
