using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>The weights of attention: the softmax of every row of scores, times a scale.</summary>
/// <param name="rows">Number of rows: of every query one for each head.</param>
/// <param name="lanes">Keys.</param>
/// <param name="pitch">Floats from a row to the next.</param>
/// <param name="scale">What scores are multiplied by.</param>
/// <param name="heads">Number of heads, if a query sees the keys up to its own position only; 0 if it sees all.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionWeightsFunction(int rows, int lanes, int pitch, double scale, int heads)
{
    /// <summary>Keys that the first query sees before its own.</summary>
    public int Offset { get; init; }

    /// <summary>p = e^(c a) / Σ e^(c a), and 0 behind, as far as it is read.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="a">Scores: rows · pitch values.</param>
    /// <param name="p">rows · pitch values; may be <paramref name="a"/> itself.</param>
    public void Value(Part part, ReadOnlySpan<float> a, Span<float> p)
    {
        (int first, int end) = part.Of(rows);
        for (int i = first; i < end; i++)
        {
            (int start, int seen, int written) = Row(i);
            SoftmaxFunction.Row(a.Slice(start, seen), (float)scale, p.Slice(start, written));
        }
    }

    /// <summary>The scores' derivative, c p ⊙ (w − Σ p w), and 0 behind, as far as it is read.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="p">The weights: rows · pitch values.</param>
    /// <param name="w">What they count: rows · pitch values.</param>
    /// <param name="result">rows · pitch values; may be <paramref name="w"/> itself.</param>
    public void DerivativeTimes(Part part, ReadOnlySpan<float> p, ReadOnlySpan<float> w, Span<float> result)
    {
        (int first, int end) = part.Of(rows);
        for (int i = first; i < end; i++)
        {
            (int start, int seen, int written) = Row(i);
            Span<float> row = result.Slice(start, written);
            SoftmaxFunction.DerivativeRow(p.Slice(start, seen), w.Slice(start, seen), row);
            TensorPrimitives.Multiply(row[..seen], (float)scale, row);
        }
    }

    /// <summary>Where the i-th row begins, in the order in which members of a team divide them, what is seen of it, and what is written.</summary>
    private (int Start, int Seen, int Written) Row(int i)
    {
        if (heads == 0)
        {
            return (i * pitch, lanes, pitch);
        }

        int row = CausalMask.Alternating(i, rows);
        int seen = new CausalMask(Offset).KeysOf(row / heads, lanes);
        return (row * pitch, seen, CausalMask.Written(seen, pitch));
    }
}
