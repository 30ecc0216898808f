using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// Relevance of all K outputs, from which an explanation of one target starts. Outputs and relevance are channels last, see
/// <see cref="Layout"/>; K is channels · pixels, at least 2.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Seeds
{
    /// <summary>f at the target, −f / (K − 1) at the others.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="channels">C.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel; those beyond the channels become 0.</param>
    /// <param name="target">Where the target's element lies.</param>
    /// <param name="relevance">Receives the relevance of every output.</param>
    public static void Contrastive(ReadOnlySpan<float> output, int channels, int pixels, int pitch, int target, Span<float> relevance)
    {
        float other = -output[target] / (channels * pixels - 1);
        relevance.Clear();
        for (int p = 0; p < pixels; p++)
        {
            relevance.Slice(p * pitch, channels).Fill(other);
        }

        relevance[target] = output[target];
    }

    /// <summary>y_c (1 − y_c) at the target c, −y_c y_k at the others, with y the softmax of all outputs.</summary>
    /// <inheritdoc cref="Contrastive"/>
    public static void SoftmaxGradient(ReadOnlySpan<float> output, int channels, int pixels, int pitch, int target, Span<float> relevance)
    {
        float largest = float.NegativeInfinity;
        for (int p = 0; p < pixels; p++)
        {
            largest = Math.Max(largest, TensorPrimitives.Max(output.Slice(p * pitch, channels)));
        }

        // The largest becomes e⁰ = 1, so that nothing overflows and the sum is at least 1.
        relevance.Clear();
        for (int p = 0; p < pixels; p++)
        {
            Span<float> pixel = relevance.Slice(p * pitch, channels);
            TensorPrimitives.Subtract(output.Slice(p * pitch, channels), largest, pixel);
            TensorPrimitives.Exp(pixel, pixel);
        }

        // The probability of the others is summed, because 1 − y_c would cancel where y_c is near 1.
        float exponential = relevance[target];
        relevance[target] = 0;
        float others = TensorPrimitives.Sum<float>(relevance);
        float sum = exponential + others;
        float probability = exponential / sum;
        TensorPrimitives.Multiply(relevance, -probability / sum, relevance);
        relevance[target] = probability * (others / sum);
    }
}
