using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// Relevance of all K outputs, from which an explanation of one target starts; K is at least 2.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Seeds
{
    /// <summary>f at the target, −f / (K − 1) at the others.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="arrangement">Of the output and of its relevance.</param>
    /// <param name="target">The target.</param>
    /// <param name="relevance">Receives the relevance of every output, and 0 in the padding.</param>
    public static void Contrastive(ReadOnlySpan<float> output, in Arrangement arrangement, int target, Span<float> relevance)
    {
        int at = arrangement.IndexOf(target);
        float other = -output[at] / (arrangement.Size - 1);
        relevance.Clear();
        for (int row = 0; row < arrangement.Rows; row++)
        {
            relevance.Slice(row * arrangement.Pitch, arrangement.Lanes).Fill(other);
        }

        relevance[at] = output[at];
    }

    /// <summary>y_c (1 − y_c) at the target c, −y_c y_k at the others, with y the softmax of all outputs.</summary>
    /// <inheritdoc cref="Contrastive"/>
    public static void SoftmaxGradient(ReadOnlySpan<float> output, in Arrangement arrangement, int target, Span<float> relevance)
    {
        int at = arrangement.IndexOf(target);
        float largest = float.NegativeInfinity;
        for (int row = 0; row < arrangement.Rows; row++)
        {
            largest = Math.Max(largest, TensorPrimitives.Max(output.Slice(row * arrangement.Pitch, arrangement.Lanes)));
        }

        // The largest becomes e⁰ = 1, so that nothing overflows and the sum is at least 1.
        relevance.Clear();
        for (int row = 0; row < arrangement.Rows; row++)
        {
            Span<float> exponentials = relevance.Slice(row * arrangement.Pitch, arrangement.Lanes);
            TensorPrimitives.Subtract(output.Slice(row * arrangement.Pitch, arrangement.Lanes), largest, exponentials);
            TensorPrimitives.Exp(exponentials, exponentials);
        }

        // The probability of the others is summed, because 1 − y_c would cancel where y_c is near 1.
        float exponential = relevance[at];
        relevance[at] = 0;
        float others = TensorPrimitives.Sum<float>(relevance);
        float sum = exponential + others;
        float probability = exponential / sum;
        TensorPrimitives.Multiply(relevance, -probability / sum, relevance);
        relevance[at] = probability * (others / sum);
    }
}
