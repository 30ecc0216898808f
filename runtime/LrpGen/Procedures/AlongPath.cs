using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// R_i = (x_i − x₀_i) Σ_k c_k ∂f/∂x_i(x₀ + k/m (x − x₀)), k = 0 … m, with the weights of the trapezoidal rule, c_k = 1/m and half of it at
/// both ends. Sundararajan et al. 2017, eq. 1. Of tokens x and x₀ are the rows that they stand for, and a token gets the sum over its features.
/// </summary>
/// <param name="shape">Of the network.</param>
/// <param name="steps">m.</param>
/// <param name="baseline">Every value of x₀ where a call does not give it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlongPath<TInput>(NetworkShape shape, int steps, TInput baseline)
    where TInput : unmanaged
{
    private readonly ScratchPool pool = new(shape);

    /// <param name="passes">The network, with its gradient.</param>
    /// <param name="input">x.</param>
    /// <param name="target">Index of the explained output; negative to explain the objective.</param>
    /// <param name="objective">What is explained, where there is no target.</param>
    /// <param name="reference">x₀; empty for the procedure's own baseline.</param>
    /// <param name="relevance">Receives R.</param>
    /// <param name="trace">Takes ΣR, f(x) and f(x₀).</param>
    public void Explain<TPasses, TObjective>(
        TPasses passes,
        ReadOnlySpan<TInput> input,
        int target,
        TObjective objective,
        ReadOnlySpan<TInput> reference,
        Span<float> relevance,
        ProcedureRecorder? trace)
        where TPasses : struct, INetworkPasses<TInput>
        where TObjective : IObjective, allows ref struct
    {
        using Scratch scratch = pool.Rent(input.Length);
        Explained<TInput, TPasses, TObjective> f = new(passes, target, objective, scratch.Output);
        if (reference.IsEmpty)
        {
            Span<TInput> filled = scratch.Input<TInput>();
            filled.Fill(baseline);
            reference = filled;
        }

        Span<float> end = scratch.Vector(0);
        Span<float> start = scratch.Vector(1);
        passes.ToPoint(input, end);
        passes.ToPoint(reference, start);
        Span<float> point = scratch.Vector(2);
        Span<float> gradient = scratch.Vector(3);
        Span<float> sum = scratch.Vector(4);
        sum.Clear();
        for (int k = 0; k <= steps; k++)
        {
            TensorPrimitives.Lerp(start, end, (float)k / steps, point);
            f.Explain(point, gradient);
            TensorPrimitives.MultiplyAdd(gradient, k == 0 || k == steps ? 0.5f : 1, sum, sum);
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = (end[i] - start[i]) * (sum[i] / steps);
        }

        // Relevance is written last, for it may share its memory with the input; that of a trace does not.
        passes.FromPoint(sum, relevance);
        trace?.Complete(f.At(input), f.At(reference), relevance);
    }
}
