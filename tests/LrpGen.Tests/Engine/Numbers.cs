namespace LrpGen.Tests.Engine;

/// <summary>Conversions and comparisons of values.</summary>
internal static class Numbers
{
    public static double[] ToDoubles(this float[] values) => Array.ConvertAll(values, value => (double)value);

    public static double[] ToDoubles(this ReadOnlySpan<float> values) => values.ToArray().ToDoubles();

    /// <summary>The numbers of a row of a ledger.</summary>
    public static double[] Entries(this LedgerRow row) =>
        [row.Output, row.Input, row.Bias + row.Positions, row.Stabilizer, row.Dropped + row.Softmax + row.ClassToken];

    /// <summary>Asserts that max |actual − expected| ≤ tolerance · max |expected|.</summary>
    /// <param name="place">What is compared, for the message.</param>
    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string place) =>
        AssertWithin(expected, actual, tolerance * expected.Max(Math.Abs), place);

    /// <summary>Asserts that max |actual − expected| ≤ tolerance.</summary>
    /// <param name="place">What is compared, for the message.</param>
    public static void AssertWithin(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string place)
    {
        Assert.Equal(expected.Count, actual.Count);
        int worst = Enumerable.Range(0, expected.Count).MaxBy(Error);
        Assert.True(
            Error(worst) <= tolerance,
            $"{place}: [{worst}] is {actual[worst]:g9} instead of {expected[worst]:g9}, off by {Error(worst):g3}; at most {tolerance:g3} may be.");

        double Error(int i) => double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs(expected[i] - actual[i]);
    }
}
