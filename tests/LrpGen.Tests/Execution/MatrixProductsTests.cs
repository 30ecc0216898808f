using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

/// <summary>Products of matrices against plain loops, whatever rest of rows and columns tiles and vectors leave.</summary>
public sealed class MatrixProductsTests
{
    /// <param name="heads">Side by side, so that what is written behind the columns would be the next one's.</param>
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 5, 7, 6)]
    [InlineData(2, 4, 3, 16)]
    [InlineData(2, 9, 8, 35)]
    [InlineData(1, 6, 2, 197)]
    [InlineData(5, 3, 11, 3)]
    public void ResultsAreThoseOfTheDefinitionAndNothingElseIsWritten(int heads, int rows, int inner, int columns)
    {
        foreach (bool accumulate in new[] { false, true })
        {
            foreach (bool leftIsTransposed in new[] { false, true })
            {
                (int leftPitch, int pitch) = ((leftIsTransposed ? rows : inner) + 3, (heads * columns) + 5);
                MatrixStrides ofLeft = leftIsTransposed ? new(inner * leftPitch, 1, leftPitch) : new(rows * leftPitch, leftPitch, 1);
                MatrixSizes sizes = new(heads, rows, inner, columns, ofLeft, new(columns, pitch, 1), new(columns, pitch, 1));
                float[] left = Values(heads * Math.Max(rows, inner) * leftPitch, 1);
                float[] right = Values(inner * pitch, 2);
                float[] expected = Values(rows * pitch, 3);
                float[] actual = [.. expected];
                for (int head = 0; head < heads; head++)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        for (int column = 0; column < columns; column++)
                        {
                            int at = (head * columns) + (row * pitch) + column;
                            expected[at] = (accumulate ? expected[at] : 0) + (float)Enumerable.Range(0, inner).Sum(i =>
                                (double)left[(head * ofLeft.Head) + (row * ofLeft.Row) + (i * ofLeft.Column)]
                                * right[(head * columns) + (i * pitch) + column]);
                        }
                    }
                }

                // The values are small integers, whose sums are exact.
                MatrixProducts.Product(Part.Whole, in sizes, left, right, accumulate, actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    private static float[] Values(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => (((i * 37) + seed) % 11) - 5f)];
}
