using System.Runtime.Intrinsics;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

/// <summary>The transforms alone: on each channel a 3×3 kernel of its own, against the definition.</summary>
public sealed class WinogradTests
{
    private const int Positions = 36;
    private const int Channels = 16;

    /// <summary>
    /// What rounding may do, of the largest sum: a tile takes 36 products through three transforms, whose numbers grow up to ten times.
    /// </summary>
    private const double Rounding = 3e-6;

    /// <summary>Height, width, padding, first tile and number of tiles; −1 is all.</summary>
    public static readonly TheoryData<int, int, int, int, int> Images = new()
    {
        { 6, 6, 0, 0, -1 },
        { 4, 4, 1, 0, -1 },
        { 2, 3, 2, 0, -1 },
        { 1, 1, 1, 0, -1 },
        { 12, 12, 1, 0, -1 },
        { 13, 9, 0, 0, -1 },
        { 11, 14, 1, 0, -1 },
        { 10, 15, 2, 0, -1 },
        { 13, 22, 1, 3, 11 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void TilesAreTheConvolution(int height, int width, int padding, int start, int count)
    {
        Check<Simd128, Vector128<float>>(height, width, padding, start, count);
        Check<Simd256, Vector256<float>>(height, width, padding, start, count);
        Check<Simd512, Vector512<float>>(height, width, padding, start, count);
    }

    /// <summary>Row k of G has the powers of the k-th point, over the product of its distances from the others; that of ∞ has the last.</summary>
    [Fact]
    public void KernelsAreValuesOfPolynomials()
    {
        double[] points = [0, 0.625, -0.625, 1.5, -1.5];
        double[][] g =
        [
            .. points.Select(point =>
            {
                double distances = points.Where(other => other != point).Aggregate(1.0, (product, other) => product * (point - other));
                return (double[])[1 / distances, point / distances, point * point / distances];
            }),
            [0, 0, 1],
        ];
        const int Kernels = 5;
        Random random = new(1);
        double[] kernels = [.. Enumerable.Range(0, 9 * Kernels).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] transformed = new double[Positions * Kernels];
        Winograd.TransformKernels(kernels, Kernels, transformed);

        for (int position = 0; position < Positions; position++)
        {
            for (int kernel = 0; kernel < Kernels; kernel++)
            {
                double expected = Enumerable.Range(0, 9).Sum(tap =>
                    g[position / 6][tap / 3] * kernels[(tap * Kernels) + kernel] * g[position % 6][tap % 3]);
                Assert.Equal(expected, transformed[(position * Kernels) + kernel], 1e-14);
            }
        }
    }

    private static void Check<TSimd, TVector>(int height, int width, int padding, int start, int count)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        (int outputHeight, int outputWidth) = (height + (2 * padding) - 2, width + (2 * padding) - 2);
        int across = (outputWidth + 3) / 4;
        int tiles = (outputHeight + 3) / 4 * across;
        count = count < 0 ? tiles : count;
        int capacity = count + 2;
        Random random = new((100 * height) + width);
        ReadOnlySpan<float> image = Image(random, height * width * Channels);
        double[] kernels = [.. Enumerable.Range(0, 9 * Channels).Select(_ => (2 * random.NextDouble()) - 1)];

        float[] u = new float[Positions * capacity * Channels];
        Array.Fill(u, float.NaN);
        foreach (Part part in PartTests.Parts(3))
        {
            Winograd.TransformInput<TSimd, TVector>(part, image, height, width, Channels, padding, padding, across, start, count, capacity, u);
        }

        double[] weights = new double[Positions * Channels];
        Winograd.TransformKernels(kernels, Channels, weights);
        float[] m = [.. u.Select((value, index) => value * (float)weights[(index / (capacity * Channels) * Channels) + (index % Channels)])];
        float[] columns = new float[24 * TSimd.Count];
        float[] sums = new float[16 * TSimd.Count];
        double largest = 0;
        double error = 0;
        for (int tile = 0; tile < count; tile++)
        {
            for (int channel = 0; channel < Channels; channel += TSimd.Count)
            {
                Winograd.TransformOutput<TSimd, TVector>(ref m[(tile * Channels) + channel], capacity * Channels, ref columns[0], ref sums[0]);
                for (int index = 0; index < sums.Length; index++)
                {
                    int y = ((start + tile) / across * 4) + (index / TSimd.Count / 4);
                    int x = ((start + tile) % across * 4) + (index / TSimd.Count % 4);
                    double expected = Sum(image, y - padding, x - padding, channel + (index % TSimd.Count));
                    largest = Math.Max(largest, Math.Abs(expected));
                    error = Math.Max(error, double.IsNaN(sums[index]) ? double.PositiveInfinity : Math.Abs(expected - sums[index]));
                }
            }
        }

        Assert.InRange(error, 0, Rounding * largest);

        double Sum(ReadOnlySpan<float> image, int top, int left, int channel)
        {
            double sum = 0;
            for (int tap = 0; tap < 9; tap++)
            {
                (int y, int x) = (top + (tap / 3), left + (tap % 3));
                bool isInside = y >= 0 && y < height && x >= 0 && x < width;
                sum += isInside ? image[(((y * width) + x) * Channels) + channel] * kernels[(tap * Channels) + channel] : 0;
            }

            return sum;
        }
    }

    /// <summary>Numbers of either sign; around them is what nobody may compute with.</summary>
    private static ReadOnlySpan<float> Image(Random random, int length)
    {
        float[] memory = new float[3 * length];
        Array.Fill(memory, float.NaN);
        Span<float> image = memory.AsSpan(length, length);
        foreach (ref float value in image)
        {
            value = (random.NextSingle() * 2) - 1;
        }

        return image;
    }
}
