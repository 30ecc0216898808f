using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The rotation of rows by their positions as a product with weights, and its transposed. The features of a head lie in two halves; feature k of
/// either turns by t · base^(−k / half) at position t. Rows are shared out among the members of a team.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rotations
{
    private const int MostOnStack = 1024;

    /// <summary>z_k = a_k cos − a_(k + half) sin, z_(k + half) = a_(k + half) cos + a_k sin; or with w_ij in place of w_ji.</summary>
    /// <param name="part">The rows.</param>
    /// <param name="a">rows · pitch values.</param>
    /// <param name="pitch">Floats from a row to the next.</param>
    /// <param name="heads">Heads, which lie side by side.</param>
    /// <param name="half">Half of the features of a head.</param>
    /// <param name="base">What the slowest turns go with.</param>
    /// <param name="transposed">Whether it is the transposed product.</param>
    /// <param name="power">Of the weights: 0 takes each for 1, 2 for its square.</param>
    /// <param name="positive">What weights above 0 are multiplied by.</param>
    /// <param name="negative">What those below 0 are multiplied by.</param>
    /// <param name="accumulate">Whether sums are added to what the result holds.</param>
    /// <param name="z">The result.</param>
    public static void Product(
        Part part,
        ReadOnlySpan<float> a,
        int pitch,
        int heads,
        int half,
        double @base,
        bool transposed,
        int power,
        float positive,
        float negative,
        bool accumulate,
        Span<float> z)
    {
        (int first, int end) = part.Of(a.Length / pitch);
        Span<float> weights = stackalloc float[3 * half <= MostOnStack ? 3 * half : 0];
        weights = weights.IsEmpty ? new float[3 * half] : weights;
        for (int row = first; row < end; row++)
        {
            for (int k = 0; k < half; k++)
            {
                (double sin, double cos) = Math.SinCos(row * Math.Pow(@base, -(double)k / half));
                weights[k] = Part(cos);
                weights[half + k] = Part(transposed ? sin : -sin);
                weights[(2 * half) + k] = Part(transposed ? -sin : sin);
            }

            for (int head = 0; head < heads; head++)
            {
                int start = (row * pitch) + (head * 2 * half);
                Turn(a.Slice(start, 2 * half), weights, accumulate, z.Slice(start, 2 * half));
            }
        }

        float Part(double w) => power switch
        {
            0 => 1,
            2 => (float)(w * w),
            _ => (float)(w * (w < 0 ? negative : positive)),
        };
    }

    // Weights are of a feature in its own half; then of the other half in the first one, and in the second one.
    private static void Turn(ReadOnlySpan<float> a, ReadOnlySpan<float> weights, bool accumulate, Span<float> z)
    {
        int half = a.Length / 2;
        for (int k = 0; k < half; k++)
        {
            float first = (a[k] * weights[k]) + (a[half + k] * weights[half + k]);
            float second = (a[half + k] * weights[k]) + (a[k] * weights[(2 * half) + k]);
            z[k] = accumulate ? z[k] + first : first;
            z[half + k] = accumulate ? z[half + k] + second : second;
        }
    }
}
