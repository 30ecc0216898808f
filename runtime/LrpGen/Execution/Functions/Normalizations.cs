using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// y = w (a − μ) / σ + b with the statistics μ and σ² = mean (a − μ)² + eps of each of a tensor's <see cref="Regions"/>, and the way back. Not
/// centred, μ is taken for 0. Computed in double, so that no mean, however large, costs digits of what is left. Padding becomes 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Normalizations
{
    private static int Width => Regions.Width;

    /// <summary>y = w (a − μ) / σ + b.</summary>
    /// <param name="part">The tiles to compute.</param>
    /// <param name="a">All rows.</param>
    /// <param name="regions">Of all tensors.</param>
    /// <param name="centred">Whether the mean is subtracted.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="w">A row of weights for all rows, or one for each row of a region; empty for 1.</param>
    /// <param name="b">Biases, likewise; empty for 0.</param>
    /// <param name="y">All rows.</param>
    public static void Forward(
        Part part, ReadOnlySpan<float> a, in Regions regions, bool centred, double eps, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y)
    {
        Span<double> mean = stackalloc double[Regions.LongestPeriod];
        Span<double> inverse = stackalloc double[Regions.LongestPeriod];
        (int firstTile, int end) = part.Of(regions.Tiles);
        for (int tile = firstTile; tile < end; tile++)
        {
            Statistics(regions, tile, centred, eps, a, mean, inverse);
            (int firstRow, int firstLane, int lanes) = regions.Tile(tile);
            int period = regions.Period;
            for (int sum = 0; sum < period; sum += Width)
            {
                Vector512<double> μ = Vector512.Create<double>(mean[sum..]);
                Vector512<double> scale = Vector512.Create<double>(inverse[sum..]);
                for (int row = firstRow; row < firstRow + regions.RegionRows; row++)
                {
                    int first = row * regions.Pitch + firstLane;
                    ReadOnlySpan<float> aOfRow = a.Slice(first, lanes);
                    ReadOnlySpan<float> wOfRow = regions.WeightsOf(row, w, firstLane, lanes);
                    ReadOnlySpan<float> bOfRow = regions.WeightsOf(row, b, firstLane, lanes);
                    Span<float> yOfRow = y.Slice(first, lanes);
                    int done = period == Width ? WholeVectors.Normalize(aOfRow, μ, scale, wOfRow, bOfRow, yOfRow) : 0;
                    for (int lane = done + sum; lane < lanes; lane += period)
                    {
                        Vector512<double> value = (Load(aOfRow, lane) - μ) * scale;
                        value = wOfRow.IsEmpty ? value : value * Load(wOfRow, lane);
                        value = bOfRow.IsEmpty ? value : value + Load(bOfRow, lane);
                        Store(value, yOfRow, lane);
                    }
                }
            }

            ClearPadding(regions, tile, y);
        }
    }

    /// <summary>
    /// Σ_j R_j ∂y_j/∂a_i = (g_i − mean g − (a_i − μ) mean(g (a − μ)) / σ²) / σ, g = w R. With σ a constant the last summand goes; not centred, mean g
    /// does.
    /// </summary>
    /// <param name="part">The tiles to compute.</param>
    /// <param name="a">All rows of what was normalised.</param>
    /// <param name="regions">Of all tensors.</param>
    /// <param name="centred">Whether the mean is subtracted.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="w">A row of weights for all rows, or one for each row of a region; empty for 1.</param>
    /// <param name="constantDeviation">Whether σ is a constant.</param>
    /// <param name="R">All rows.</param>
    /// <param name="result">All rows.</param>
    public static void Backward(
        Part part,
        ReadOnlySpan<float> a,
        in Regions regions,
        bool centred,
        double eps,
        ReadOnlySpan<float> w,
        bool constantDeviation,
        ReadOnlySpan<float> R,
        Span<float> result)
    {
        Span<double> mean = stackalloc double[Regions.LongestPeriod];
        Span<double> inverse = stackalloc double[Regions.LongestPeriod];
        Span<double> slope = stackalloc double[Regions.LongestPeriod];
        Span<double> offset = stackalloc double[Regions.LongestPeriod];
        (int firstTile, int end) = part.Of(regions.Tiles);
        for (int tile = firstTile; tile < end; tile++)
        {
            Statistics(regions, tile, centred, eps, a, mean, inverse);
            Means(regions, tile, R, w, a, offset, slope);
            int period = regions.Period;
            for (int sum = 0; sum < period; sum++)
            {
                // slope · a + offset = −mean g / σ − (a − μ) mean(g (a − μ)) / σ³.
                double σ = inverse[sum];
                double covariance = constantDeviation ? 0 : slope[sum] - mean[sum] * offset[sum];
                slope[sum] = -σ * σ * σ * covariance;
                offset[sum] = (centred ? -offset[sum] * σ : 0) - slope[sum] * mean[sum];
            }

            (int firstRow, int firstLane, int lanes) = regions.Tile(tile);
            for (int sum = 0; sum < period; sum += Width)
            {
                Vector512<double> scale = Vector512.Create<double>(inverse[sum..]);
                Vector512<double> factor = Vector512.Create<double>(slope[sum..]);
                Vector512<double> summand = Vector512.Create<double>(offset[sum..]);
                for (int row = firstRow; row < firstRow + regions.RegionRows; row++)
                {
                    int first = row * regions.Pitch + firstLane;
                    ReadOnlySpan<float> aOfRow = a.Slice(first, lanes);
                    ReadOnlySpan<float> relevance = R.Slice(first, lanes);
                    ReadOnlySpan<float> wOfRow = regions.WeightsOf(row, w, firstLane, lanes);
                    Span<float> resultOfRow = result.Slice(first, lanes);
                    int done = period == Width
                        ? WholeVectors.Combine(relevance, wOfRow, scale, aOfRow, factor, summand, resultOfRow)
                        : 0;
                    for (int lane = done + sum; lane < lanes; lane += period)
                    {
                        Store(scale * Weighted(relevance, wOfRow, lane) + factor * Load(aOfRow, lane) + summand, resultOfRow, lane);
                    }
                }
            }

            ClearPadding(regions, tile, result);
        }
    }

    /// <summary>Σ x y in double.</summary>
    internal static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i < x.Length; i += Width)
        {
            sum += Load(x, i) * Load(y, i);
        }

        return Vector512.Sum(sum);
    }

    /// <summary>μ and 1/σ of a tile, for each sum of the period.</summary>
    private static void Statistics(
        in Regions regions, int tile, bool centred, double eps, ReadOnlySpan<float> a, Span<double> mean, Span<double> inverse)
    {
        Means(regions, tile, a, default, a, mean, inverse);
        for (int sum = 0; sum < regions.Period; sum++)
        {
            mean[sum] = centred ? mean[sum] : 0;

            // The difference may round to less than 0. Where σ = 0, all a are μ.
            double σ = Math.Sqrt(Math.Max(inverse[sum] - mean[sum] * mean[sum], 0) + eps);
            inverse[sum] = σ > 0 ? 1 / σ : 0;
        }
    }

    /// <summary>The means of w x and of w x a over each region of a tile, for each sum of the period.</summary>
    private static void Means(
        in Regions regions,
        int tile,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> a,
        Span<double> means,
        Span<double> meansOfProducts)
    {
        (int firstRow, int firstLane, int lanes) = regions.Tile(tile);
        int period = regions.Period;
        for (int sum = 0; sum < period; sum += Width)
        {
            Vector512<double> values = Vector512<double>.Zero;
            Vector512<double> products = Vector512<double>.Zero;
            for (int row = firstRow; row < firstRow + regions.RegionRows; row++)
            {
                int first = row * regions.Pitch + firstLane;
                ReadOnlySpan<float> xOfRow = x.Slice(first, lanes);
                ReadOnlySpan<float> wOfRow = regions.WeightsOf(row, w, firstLane, lanes);
                ReadOnlySpan<float> aOfRow = a.Slice(first, lanes);
                int done = period == Width ? WholeVectors.Sum(xOfRow, wOfRow, aOfRow, ref values, ref products) : 0;
                for (int lane = done + sum; lane < lanes; lane += period)
                {
                    Vector512<double> value = Weighted(xOfRow, wOfRow, lane);
                    values += value;
                    products += value * Load(aOfRow, lane);
                }
            }

            values.CopyTo(means[sum..]);
            products.CopyTo(meansOfProducts[sum..]);
        }

        for (int sum = 0; sum < period; sum += regions.SumsOfRegion)
        {
            Average(means.Slice(sum, regions.SumsOfRegion), regions.Size);
            Average(meansOfProducts.Slice(sum, regions.SumsOfRegion), regions.Size);
        }
    }

    private static void Average(Span<double> sums, long count)
    {
        double total = 0;
        foreach (double sum in sums)
        {
            total += sum;
        }

        sums.Fill(total / count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Weighted(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int lane) =>
        w.IsEmpty ? Load(x, lane) : Load(x, lane) * Load(w, lane);

    /// <summary>Elements of a row from a lane on; zeros behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<float> row, int lane)
    {
        Vector256<float> values = lane <= row.Length - Width ? Vector256.Create(row.Slice(lane, Width)) : LoadFew(row[lane..]);
        return Vector512.WidenLower(values.ToVector512Unsafe());
    }

    private static Vector256<float> LoadFew(ReadOnlySpan<float> elements)
    {
        Span<float> values = stackalloc float[Width];
        values.Clear();
        elements.CopyTo(values);
        return Vector256.Create<float>(values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> values, Span<float> row, int lane)
    {
        Vector256<float> narrow = Vector256.Narrow(values.GetLower(), values.GetUpper());
        if (lane <= row.Length - Width)
        {
            narrow.CopyTo(row.Slice(lane, Width));
        }
        else
        {
            StoreFew(narrow, row[lane..]);
        }
    }

    private static void StoreFew(Vector256<float> values, Span<float> elements)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = values[i];
        }
    }

    /// <summary>Where a tile ends with the last lane, its rows' padding becomes 0.</summary>
    private static void ClearPadding(in Regions regions, int tile, Span<float> tensor)
    {
        (int firstRow, int firstLane, int lanes) = regions.Tile(tile);
        if (firstLane + lanes < regions.Lanes)
        {
            return;
        }

        for (int row = firstRow; row < firstRow + regions.RegionRows; row++)
        {
            tensor.Slice(row * regions.Pitch + regions.Lanes, regions.Pitch - regions.Lanes).Clear();
        }
    }
}
