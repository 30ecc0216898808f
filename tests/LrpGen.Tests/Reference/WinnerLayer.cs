using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>The largest value of each window, to which all relevance goes; the first in row-major order on a tie.</summary>
/// <param name="windows">The elements that each output sees.</param>
internal sealed class WinnerLayer(Shape output, IReadOnlyList<int[]> windows) : ReferenceLayer(output, LayerKinds.None)
{
    public override double[] Forward(IReadOnlyList<double[]> a) => [.. windows.Select(window => a[0][Winner(window, a[0])])];

    public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
    {
        double[] relevance = new double[a[0].Length];
        for (int j = 0; j < r.Length; j++)
        {
            relevance[Winner(windows[j], a[0])] += r[j];
        }

        return new([relevance], new Absorbed { Magnitude = r.Sum(Math.Abs) });
    }

    private static int Winner(int[] window, double[] a) => window.MaxBy(i => a[i]);
}
