using LrpGen.Execution;

namespace LrpGen.Tests.Procedures;

/// <summary>The noise of SmoothGrad: normal, independent, and always the same.</summary>
public sealed class NormalDeviatesTests
{
    private const int Count = 1_000_000;

    private static readonly float[] Deviates = Fill(seed: 1, sequence: 0, Count);

    /// <summary>
    /// Of n deviates, the mean has the standard deviation 1/√n, the second moment √(2/n), the third √(15/n) and the fourth √(96/n); five of
    /// these are allowed.
    /// </summary>
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 0, 15)]
    [InlineData(4, 3, 96)]
    public void MomentsAreThoseOfTheNormalDistribution(int order, double expected, double variance) =>
        Assert.Equal(expected, Deviates.Average(deviate => Math.Pow(deviate, order)), 5 * Math.Sqrt(variance / Count));

    /// <summary>Below z lies a part p of a normal population, of a sample p ± √(p(1 − p)/n). p by a table.</summary>
    [Theory]
    [InlineData(-3, 0.001349898)]
    [InlineData(-1, 0.158655254)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.691462461)]
    [InlineData(2, 0.977249868)]
    public void QuantilesAreThoseOfTheNormalDistribution(double z, double p) =>
        Assert.Equal(p, Deviates.Count(deviate => deviate < z) / (double)Count, 5 * Math.Sqrt(p * (1 - p) / Count));

    /// <summary>The correlation of n independent pairs has the standard deviation 1/√n.</summary>
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 0, 0)]
    public void SequencesAndNeighboursAreIndependent(int seed, int sequence, int lag)
    {
        float[] other = Fill(seed, sequence, Count + lag)[lag..];
        Assert.Equal(0, Deviates.Zip(other, (a, b) => (double)a * b).Average(), 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void BeginningOfASequenceDoesNotDependOnItsLength()
    {
        Assert.Equal(Deviates[..7], Fill(seed: 1, sequence: 0, 7));
        Assert.Empty(Fill(seed: 1, sequence: 0, 0));
    }

    private static float[] Fill(int seed, int sequence, int count)
    {
        float[] deviates = new float[count];
        NormalDeviates.Fill(seed, sequence, deviates);
        return deviates;
    }
}
