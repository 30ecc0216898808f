using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>R_i = ∂f/∂x_i(x₀) (x_i − x₀_i) at a root x₀ of f. Bach et al. 2015, eq. 6 and 7.</summary>
/// <param name="shape">Of the network.</param>
/// <param name="lows">Lower bounds of a root that is searched: for every channel, or one for all, or none.</param>
/// <param name="highs">Upper bounds, likewise.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AtRoot(NetworkShape shape, float[] lows, float[] highs)
{
    /// <summary>
    /// Largest |f(x₀)| / |f(x)| of a root. Below it, what f(x₀) lacks of 0 is no more than what relevance in float32 may be off.
    /// </summary>
    internal const float RootTolerance = 1e-3f;

    private readonly ScratchPool pool = new(shape);
    private readonly Box box = new(shape.Inputs, lows, highs);

    /// <param name="passes">The network, with its gradient.</param>
    /// <param name="input">x, within the bounds.</param>
    /// <param name="target">Index of the explained output; negative to explain the objective.</param>
    /// <param name="objective">What is explained, where there is no target.</param>
    /// <param name="reference">x₀; empty to search it.</param>
    /// <param name="relevance">Receives R.</param>
    /// <param name="trace">Takes ΣR, f(x) and f(x₀).</param>
    /// <exception cref="ArgumentException">f is not 0 at a given root.</exception>
    /// <exception cref="NoRootException">No root was found.</exception>
    public void Explain<TPasses, TObjective>(
        TPasses passes,
        ReadOnlySpan<float> input,
        int target,
        TObjective objective,
        ReadOnlySpan<float> reference,
        Span<float> relevance,
        ProcedureRecorder? trace)
        where TPasses : struct, INetworkPasses<float>
        where TObjective : IObjective, allows ref struct
    {
        using Scratch scratch = pool.Rent(input.Length);
        Explained<float, TPasses, TObjective> f = new(passes, target, objective, scratch.Output);
        Span<float> root = scratch.Vector(0);
        Span<float> gradient = scratch.Vector(1);
        float value = f.At(input);
        float rootValue;
        if (reference.IsEmpty)
        {
            input.CopyTo(root);
            rootValue = new RootSearch<TPasses, TObjective>(f, box, value, root, gradient, scratch.Vector(2)).Run();
        }
        else
        {
            reference.CopyTo(root);
            rootValue = f.At(root);
            CheckRoot(rootValue, value);
        }

        f.Explain(root, gradient);

        // Relevance is written last, for it may share its memory with the input.
        for (int i = 0; i < relevance.Length; i++)
        {
            relevance[i] = gradient[i] * (input[i] - root[i]);
        }

        trace?.Complete(value, rootValue, relevance);
    }

    private static void CheckRoot(float rootValue, float value)
    {
        if (!(Math.Abs(rootValue) <= RootTolerance * Math.Abs(value) && float.IsFinite(value)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected a root, where f is 0, but f(root) is {rootValue} and f(input) {value}."), "root");
        }
    }
}
