using System.Numerics.Tensors;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>How well values agree with their reference.</summary>
internal static class Agreement
{
    /// <summary>‖actual − expected‖ / ‖expected‖.</summary>
    public static double RelativeError(double[] expected, double[] actual) =>
        TensorPrimitives.Distance<double>(actual, expected) / TensorPrimitives.Norm<double>(expected);

    /// <summary>Spearman's rank correlation.</summary>
    public static double RankCorrelation(double[] expected, double[] actual)
    {
        double[] x = CentredRanks(expected);
        double[] y = CentredRanks(actual);
        return TensorPrimitives.CosineSimilarity<double>(x, y);
    }

    /// <summary>Ranks less their mean; equal values share the mean of theirs.</summary>
    private static double[] CentredRanks(double[] values)
    {
        double[] sorted = [.. values];
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[values.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            foreach (int index in order.AsSpan(start..end))
            {
                ranks[index] = (start + end - sorted.Length) / 2.0;
            }
        }

        return ranks;
    }
}
