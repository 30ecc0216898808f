using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The rotation of rows by their positions as a product with weights, and its transposed. The features of a head lie in two halves; feature k of
/// either turns by t · base^(−k / half) at position t. Rows are shared out among the members of a team.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rotations
{
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
        double rate = -Math.Log(@base) / half;
        (int first, int end) = part.Of(a.Length / pitch);
        for (int row = first; row < end; row++)
        {
            for (int k = 0; k < half; k++)
            {
                // All heads turn alike.
                (double sin, double cos) = Math.SinCos(row * Math.Exp(k * rate));
                float own = Weight(cos);
                float toFirst = Weight(transposed ? sin : -sin);
                float toSecond = Weight(transposed ? -sin : sin);
                for (int head = 0; head < heads; head++)
                {
                    int i = (row * pitch) + (head * 2 * half) + k;
                    float turned = (a[i] * own) + (a[i + half] * toFirst);
                    float other = (a[i + half] * own) + (a[i] * toSecond);
                    z[i] = accumulate ? z[i] + turned : turned;
                    z[i + half] = accumulate ? z[i + half] + other : other;
                }
            }
        }

        float Weight(double w) => power switch
        {
            0 => 1,
            2 => (float)(w * w),
            _ => (float)(w * (w < 0 ? negative : positive)),
        };
    }
}
