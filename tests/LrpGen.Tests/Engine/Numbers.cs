namespace LrpGen.Tests.Engine;

/// <summary>Conversions and comparisons of values.</summary>
internal static class Numbers
{
    public static double[] ToDoubles(this float[] values) => Array.ConvertAll(values, value => (double)value);

    public static double[] ToDoubles(this ReadOnlySpan<float> values) => values.ToArray().ToDoubles();

    /// <summary>Asserts that max |actual − expected| ≤ tolerance · max |expected|.</summary>
    /// <param name="place">What is compared, for the message.</param>
    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string place)
    {
        Assert.Equal(expected.Count, actual.Count);
        double largest = expected.Max(Math.Abs);
        int worst = Enumerable.Range(0, expected.Count).MaxBy(i => Error(i));
        Assert.True(
            Error(worst) <= tolerance * largest,
            $"{place}: [{worst}] is {actual[worst]:g9} instead of {expected[worst]:g9}, which is off by {Error(worst) / largest:g3} of the largest; at most {tolerance:g3} may be.");

        double Error(int i) => double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs(expected[i] - actual[i]);
    }
}
