using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>eᶻ over its sum across the lanes of a row.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="lanes">Lanes of a row.</param>
/// <param name="pitch">Floats from a row to the next; those beyond the lanes become 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SoftmaxFunction(int rows, int lanes, int pitch)
{
    /// <summary>a = eᶻ / Σ eᶻ.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="z">rows · pitch values.</param>
    /// <param name="a">rows · pitch values; may be <paramref name="z"/> itself.</param>
    public void Value(Part part, ReadOnlySpan<float> z, Span<float> a)
    {
        (int first, int end) = part.Of(rows);
        for (int r = first; r < end; r++)
        {
            Row(z.Slice(r * pitch, lanes), 1, a.Slice(r * pitch, pitch));
        }
    }

    /// <summary>The softmax of a scaled row, and 0 behind it.</summary>
    internal static void Row(ReadOnlySpan<float> logits, float scale, Span<float> row)
    {
        Span<float> probabilities = row[..logits.Length];

        // The largest becomes e⁰ = 1, so that nothing overflows and the sum is at least 1.
        TensorPrimitives.Subtract(logits, scale < 0 ? TensorPrimitives.Min(logits) : TensorPrimitives.Max(logits), probabilities);
        if (scale != 1)
        {
            TensorPrimitives.Multiply(probabilities, scale, probabilities);
        }

        TensorPrimitives.Exp(probabilities, probabilities);
        TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<float>(probabilities), probabilities);
        row[logits.Length..].Clear();
    }

    /// <summary>a ⊙ (R − Σ a R).</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="a">What the softmax gave: rows · pitch values.</param>
    /// <param name="R">rows · pitch values.</param>
    /// <param name="result">rows · pitch values; may be <paramref name="R"/> itself.</param>
    public void DerivativeTimes(Part part, ReadOnlySpan<float> a, ReadOnlySpan<float> R, Span<float> result)
    {
        (int first, int end) = part.Of(rows);
        for (int r = first; r < end; r++)
        {
            DerivativeRow(a.Slice(r * pitch, lanes), R.Slice(r * pitch, lanes), result.Slice(r * pitch, pitch));
        }
    }

    /// <summary>The same of a row, and 0 behind it.</summary>
    internal static void DerivativeRow(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> relevance, Span<float> row)
    {
        TensorPrimitives.Subtract(relevance, TensorPrimitives.Dot(probabilities, relevance), row);
        TensorPrimitives.Multiply(probabilities, row[..probabilities.Length], row);
        row[probabilities.Length..].Clear();
    }
}

/// <summary>ln of the softmax of a row, of which only the derivative is needed.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="lanes">Lanes of a row.</param>
/// <param name="pitch">Floats from a row to the next; those beyond the lanes become 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LogSoftmaxFunction(int rows, int lanes, int pitch)
{
    /// <summary>R − y Σ R.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="y">What the softmax gave: rows · pitch values.</param>
    /// <param name="R">rows · pitch values.</param>
    /// <param name="result">rows · pitch values; may be <paramref name="R"/> itself.</param>
    public void DerivativeTimes(Part part, ReadOnlySpan<float> y, ReadOnlySpan<float> R, Span<float> result)
    {
        (int first, int end) = part.Of(rows);
        for (int r = first; r < end; r++)
        {
            ReadOnlySpan<float> relevance = R.Slice(r * pitch, lanes);
            Span<float> row = result.Slice(r * pitch, pitch);
            TensorPrimitives.MultiplyAdd(y.Slice(r * pitch, lanes), -TensorPrimitives.Sum(relevance), relevance, row);
            row[lanes..].Clear();
        }
    }
}

/// <summary>z over its Euclidean norm across the lanes of a row.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="lanes">Lanes of a row.</param>
/// <param name="pitch">Floats from a row to the next; those beyond the lanes become 0.</param>
/// <param name="eps">The least that is divided by.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizeFunction(int rows, int lanes, int pitch, double eps)
{
    /// <summary>a = z / n with the norm n; z / eps where n is less than eps.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="z">rows · pitch values.</param>
    /// <param name="a">rows · pitch values; may be <paramref name="z"/> itself.</param>
    public void Value(Part part, ReadOnlySpan<float> z, Span<float> a)
    {
        (int first, int end) = part.Of(rows);
        for (int r = first; r < end; r++)
        {
            ReadOnlySpan<float> values = z.Slice(r * pitch, lanes);
            Span<float> row = a.Slice(r * pitch, pitch);
            TensorPrimitives.Divide(values, (float)Math.Max(Math.Sqrt(Normalizations.Dot(values, values)), eps), row);
            row[lanes..].Clear();
        }
    }

    /// <summary>(R − z Σ z R / n²) / n; R / eps where n is less than eps.</summary>
    /// <param name="part">Which of the rows.</param>
    /// <param name="z">What is divided: rows · pitch values.</param>
    /// <param name="R">rows · pitch values.</param>
    /// <param name="result">rows · pitch values; may be <paramref name="R"/> itself.</param>
    public void DerivativeTimes(Part part, ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result)
    {
        (int first, int end) = part.Of(rows);
        for (int r = first; r < end; r++)
        {
            ReadOnlySpan<float> values = z.Slice(r * pitch, lanes);
            ReadOnlySpan<float> relevance = R.Slice(r * pitch, lanes);
            Span<float> row = result.Slice(r * pitch, pitch);
            double square = Normalizations.Dot(values, values);
            double norm = Math.Sqrt(square);
            double slope = norm < eps ? 0 : -Normalizations.Dot(values, relevance) / square;
            TensorPrimitives.MultiplyAdd(values, (float)slope, relevance, row);
            TensorPrimitives.Divide(row[..lanes], (float)Math.Max(norm, eps), row);
            row[lanes..].Clear();
        }
    }
}
