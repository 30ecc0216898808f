using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// Relevance of all K outputs, from which an explanation of one target or of an objective starts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Seeds
{
    /// <summary>What an objective F gives the outputs, which sum up to F.</summary>
    /// <param name="objective">F.</param>
    /// <param name="output">The network's output.</param>
    /// <param name="arrangement">Of the output and of its relevance.</param>
    /// <param name="columns">Size of the output's last axis.</param>
    /// <param name="relevance">Receives the relevance of every output, and 0 in the padding.</param>
    /// <exception cref="ArgumentException">The objective is not for these outputs, or gives them values that are not finite.</exception>
    public static void Relevance<TObjective>(
        TObjective objective, ReadOnlySpan<float> output, in Arrangement arrangement, int columns, Span<float> relevance)
        where TObjective : IObjective, allows ref struct
    {
        relevance.Clear();
        objective.Relevance(new Outputs(output, arrangement, columns, relevance));
        Check(output, relevance, nameof(objective));
    }

    /// <summary>The derivatives of an objective F with respect to the outputs.</summary>
    /// <inheritdoc cref="Relevance"/>
    public static void Gradient<TObjective>(
        TObjective objective, ReadOnlySpan<float> output, in Arrangement arrangement, int columns, Span<float> relevance)
        where TObjective : IObjective, allows ref struct
    {
        relevance.Clear();
        objective.Gradient(new Outputs(output, arrangement, columns, relevance));
        Check(output, relevance, nameof(objective));
    }

    /// <summary>f at the target, −f / (K − 1) at the others; K is at least 2.</summary>
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

    /// <summary>y_c (1 − y_c) at the target c, −y_c y_k at the others, with y the softmax of all outputs; K is at least 2.</summary>
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

    // Of outputs that are not finite the results tell, and which layer gave them.
    private static void Check(ReadOnlySpan<float> output, ReadOnlySpan<float> relevance, string objective)
    {
        if (!FiniteResults.Are(relevance) && FiniteResults.Are(output))
        {
            throw new ArgumentException("Expected an objective that gives finite outputs finite values, but it gives one a NaN or an infinity.", objective);
        }
    }
}
