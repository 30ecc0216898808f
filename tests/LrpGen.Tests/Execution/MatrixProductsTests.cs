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

    /// <summary>
    /// A causal mask from 1 to 40 positions: what is seen is that of all products with zeros, whatever stands in what is not; and a part of a team
    /// gives the same.
    /// </summary>
    /// <param name="features">Of a head.</param>
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(3, 5, 0)]
    [InlineData(2, 16, 0)]
    [InlineData(1, 19, 0)]
    [InlineData(2, 33, 3)]
    [InlineData(2, 7, -2)]
    public void WhatAMaskHidesIsNeitherReadNorMissed(int heads, int features, int offset)
    {
        for (int queries = 1; queries <= 40; queries++)
        {
            int keys = Math.Max(1, queries + offset);
            int pitch = Simd.RoundUp(keys);
            int width = heads * features;
            bool isSeen(int query, int key) => key <= query + offset;
            MatrixStrides rows = new(features, width, 1);
            MatrixStrides weights = new(pitch, heads * pitch, 1);
            float[] q = Values(queries * width, 1);
            float[] k = Values(keys * width, 2);
            float[] transposed = new float[width * keys];
            float[] p = new float[queries * heads * pitch];
            Array.Fill(p, float.NaN);
            for (int key = 0; key < keys; key++)
            {
                for (int lane = 0; lane < width; lane++)
                {
                    transposed[(lane * keys) + key] = k[(key * width) + lane];
                }
            }

            // Scores of queries and keys, with what is hidden as a softmax leaves it.
            Product(
                new(heads, queries, features, keys, rows, new(features * keys, keys, 1), weights) { Triangle = Triangle.Result, Offset = offset },
                q,
                transposed,
                p);
            for (int row = 0; row < queries * heads; row++)
            {
                int seen = new CausalMask(offset).KeysOf(row / heads, keys);
                Span<float> values = p.AsSpan(row * pitch, pitch);
                for (int key = 0; key < seen; key++)
                {
                    Assert.Equal(Sum(features, i => q[At(row / heads, row % heads, i)] * (double)k[At(key, row % heads, i)]), values[key]);
                }

                values[seen..].Fill(float.NaN);
                values[seen..CausalMask.Written(seen, pitch)].Clear();
            }

            float[] z = new float[queries * width];
            Product(new(heads, queries, keys, features, weights, rows, rows) { Triangle = Triangle.Left, Offset = offset }, p, k, z);
            float[] c = new float[keys * width];
            MatrixStrides columns = new(pitch, 1, heads * pitch);
            Product(new(heads, keys, queries, features, columns, rows, rows) { Triangle = Triangle.LeftTransposed, Offset = offset }, p, q, c);
            for (int head = 0; head < heads; head++)
            {
                double weight(int query, int key) => isSeen(query, key) ? p[(((query * heads) + head) * pitch) + key] : 0;
                for (int i = 0; i < features; i++)
                {
                    for (int query = 0; query < queries; query++)
                    {
                        Assert.Equal(Sum(keys, key => weight(query, key) * k[At(key, head, i)]), z[At(query, head, i)]);
                    }

                    for (int key = 0; key < keys; key++)
                    {
                        Assert.Equal(Sum(queries, query => weight(query, key) * q[At(query, head, i)]), c[At(key, head, i)]);
                    }
                }
            }

            int At(int row, int head, int feature) => (row * width) + (head * features) + feature;
        }

        // Sums of small integers are exact.
        static float Sum(int count, Func<int, double> term) => (float)Enumerable.Range(0, count).Sum(term);
    }

    /// <summary>A product by three members of a team.</summary>
    private static void Product(MatrixSizes sizes, float[] left, float[] right, float[] to)
    {
        foreach (int rank in Enumerable.Range(0, 3))
        {
            MatrixProducts.Product(new Part(null!, rank, 3), in sizes, left, right, accumulate: false, to);
        }
    }

    private static float[] Values(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => (((i * 37) + seed) % 11) - 5f)];
}
