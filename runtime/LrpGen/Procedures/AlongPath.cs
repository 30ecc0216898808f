using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// R_i = (x_i − x₀_i) Σ_k c_k ∂f/∂x_i(x₀ + k/m (x − x₀)), k = 0 … m, with the weights of the trapezoidal rule, c_k = 1/m and half of it at
/// both ends. Sundararajan et al. 2017, eq. 1.
/// </summary>
/// <param name="shape">Of the network.</param>
/// <param name="steps">m.</param>
/// <param name="baseline">Every value of x₀ where a call does not give it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlongPath(NetworkShape shape, int steps, float baseline)
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
        ReadOnlySpan<float> input,
        int target,
        TObjective objective,
        ReadOnlySpan<float> reference,
        Span<float> relevance,
        ProcedureRecorder? trace)
        where TPasses : struct, INetworkPasses
        where TObjective : IObjective, allows ref struct
    {
        using Scratch scratch = pool.Rent(input);
        Explained<TPasses, TObjective> f = new(passes, target, objective, scratch.Output);
        Span<float> start = scratch.Vector(0);
        if (reference.IsEmpty)
        {
            start.Fill(baseline);
        }
        else
        {
            reference.CopyTo(start);
        }

        Span<float> point = scratch.Vector(1);
        Span<float> gradient = scratch.Vector(2);
        Span<float> sum = scratch.Vector(3);
        sum.Clear();
        for (int k = 0; k <= steps; k++)
        {
            TensorPrimitives.Lerp(start, input, (float)k / steps, point);
            f.Explain(point, gradient);
            TensorPrimitives.MultiplyAdd(gradient, k == 0 || k == steps ? 0.5f : 1, sum, sum);
        }

        // Relevance is written last, for it may share its memory with the input.
        for (int i = 0; i < relevance.Length; i++)
        {
            relevance[i] = (input[i] - start[i]) * (sum[i] / steps);
        }

        trace?.Complete(f.At(input), f.At(start), relevance);
    }
}
