using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

/// <summary>Seeds that set the target against the other outputs; lanes beyond the channels hold what no result may depend on.</summary>
public class SeedsTests
{
    private const float Padding = 100;

    /// <summary>Three outputs, the second is the target.</summary>
    [Fact]
    public void ContrastiveGivesTheOthersEqualSharesOfMinusTheTarget() =>
        Assert.Equal([-3, 6, -3, 0], Seed(Seeds.Contrastive, [1, 6, -2, Padding], new Arrangement(1, 3, 1, 4), target: 1));

    /// <summary>Two channels of two pixels are four outputs; the second channel of the first pixel, element 2, is the target.</summary>
    [Fact]
    public void AllOutputsOfAnImageButTheTargetAreTheOthers() =>
        Assert.Equal([-1, 3, 0, -1, -1, 0], Seed(Seeds.Contrastive, [7, 3, Padding, 8, 9, Padding], new Arrangement(1, 2, 2, 3), target: 2));

    /// <summary>e^z is 1, 2 and 5, so y is 1/8, 2/8 and 5/8; with the second as target 2/8 · 6/8 and −2/8 · (1/8, 5/8).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-500)]
    [InlineData(500)]
    public void SoftmaxGradientIsThatOfTheProbability(float shift)
    {
        float[] output = [shift, shift + MathF.Log(2), shift + MathF.Log(5), Padding];
        float[] seed = Seed(Seeds.SoftmaxGradient, output, new Arrangement(1, 3, 1, 4), target: 1);
        float[] expected = [-2 / 64f, 12 / 64f, -10 / 64f, 0];
        Assert.All(expected.Zip(seed), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    /// <summary>The softmax is over both pixels: y is 1/8 and 2/8, 4/8 and 1/8.</summary>
    [Fact]
    public void SoftmaxIsOverAllOutputsOfAnImage()
    {
        float[] output = [0, MathF.Log(2), Padding, MathF.Log(4), 0, Padding];
        float[] seed = Seed(Seeds.SoftmaxGradient, output, new Arrangement(1, 2, 2, 3), target: 1);
        float[] expected = [-4 / 64f, -8 / 64f, 0, 16 / 64f, -4 / 64f, 0];
        Assert.All(expected.Zip(seed), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    /// <summary>1 − y_c is e⁻³⁰ here, which is far below the precision of a float near 1.</summary>
    [Fact]
    public void SeedOfACertainTargetKeepsItsDigits()
    {
        float[] seed = Seed(Seeds.SoftmaxGradient, [30, 0], new Arrangement(1, 2, 1, 2), target: 0);
        Assert.Equal(1, seed[0] / Math.Exp(-30), 1e-6);
        Assert.Equal(-seed[0], seed[1]);
    }

    private delegate void Start(ReadOnlySpan<float> output, in Arrangement arrangement, int target, Span<float> relevance);

    private static float[] Seed(Start start, float[] output, Arrangement arrangement, int target)
    {
        float[] relevance = [.. output.Select(_ => float.NaN)];
        start(output, arrangement, target, relevance);
        return relevance;
    }
}
