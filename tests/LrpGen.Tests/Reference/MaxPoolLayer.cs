using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>The largest value of each window, to which all relevance goes; the first in row-major order on a tie.</summary>
internal sealed class MaxPoolLayer(Shape output, IReadOnlyList<int[]> windows) : ReferenceLayer(output, LayerKinds.None)
{
    public override double[] Forward(double[] a) => [.. windows.Select(window => a[Winner(window, a)])];

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r)
    {
        double[] relevance = new double[a.Length];
        for (int j = 0; j < r.Length; j++)
        {
            relevance[Winner(windows[j], a)] += r[j];
        }

        return relevance;
    }

    private static int Winner(int[] window, double[] a) => window.MaxBy(i => a[i]);
}
