using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>The weights of attention: the softmax of every row of scores, times a scale.</summary>
/// <param name="rows">Number of rows: of every query one for each head.</param>
/// <param name="lanes">Keys.</param>
/// <param name="pitch">Floats from a row to the next; those beyond the lanes become 0.</param>
/// <param name="scale">What scores are multiplied by.</param>
/// <param name="heads">Number of heads, if a query sees the keys up to its own position only; 0 if it sees all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionWeightsFunction(int rows, int lanes, int pitch, double scale, int heads)
{
    /// <summary>p = e^(c a) / Σ e^(c a), and 0 where a query sees no key.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="a">Scores: rows · pitch values.</param>
    /// <param name="p">rows · pitch values.</param>
    public void Value(Part part, ReadOnlySpan<float> a, Span<float> p)
    {
        (int first, int end) = part.Of(rows);
        for (int r = first; r < end; r++)
        {
            int seen = heads == 0 ? lanes : Math.Min(lanes, (r / heads) + 1);
            SoftmaxFunction.Row(a.Slice(r * pitch, seen), (float)scale, p.Slice(r * pitch, pitch));
        }
    }
}
