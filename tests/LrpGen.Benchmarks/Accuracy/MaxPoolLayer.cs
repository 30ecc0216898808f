using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>Maxima of 2×2 windows; the first largest takes all relevance.</summary>
/// <param name="Width">Of an output; the input is twice as wide.</param>
internal sealed record MaxPoolLayer(int Width) : Float64Layer
{
    public override double[] Forward(double[] a) => [.. Enumerable.Range(0, a.Length / 4).Select(j => a[Winner(a, j)])];

    public override double[] Backward(Item item, double[] a, double[] z, double[] r)
    {
        double[] relevance = new double[a.Length];
        for (int j = 0; j < r.Length; j++)
        {
            relevance[Winner(a, j)] += r[j];
        }

        return relevance;
    }

    private int Winner(double[] a, int output)
    {
        (int y, int x) = Math.DivRem(output, Width);
        int corner = (4 * Width * y) + (2 * x);
        ReadOnlySpan<int> window = [corner, corner + 1, corner + (2 * Width), corner + (2 * Width) + 1];
        int winner = window[0];
        foreach (int index in window)
        {
            winner = a[index] > a[winner] ? index : winner;
        }

        return winner;
    }
}
