using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>The mean over n of the relevance at x + σ ξₙ, ξₙ standard normal, σ = noise · (max x − min x). Smilkov et al. 2017.</summary>
/// <remarks>Of tokens x is the rows that they stand for, and a token gets the sum over its features.</remarks>
/// <param name="shape">Of the network.</param>
/// <param name="samples">How many points.</param>
/// <param name="noise">σ as a part of the input's range.</param>
/// <param name="randomSeed">Determines ξ.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WithNoise<TInput>(NetworkShape shape, int samples, float noise, int randomSeed)
    where TInput : unmanaged
{
    private readonly ScratchPool pool = new(shape);

    /// <param name="passes">The network, with its relevance.</param>
    /// <param name="input">x.</param>
    /// <param name="target">Index of the explained output; negative to explain the objective.</param>
    /// <param name="objective">What is explained, where there is no target.</param>
    /// <param name="relevance">Receives the mean.</param>
    public void Explain<TPasses, TObjective>(
        TPasses passes, ReadOnlySpan<TInput> input, int target, TObjective objective, Span<float> relevance)
        where TPasses : struct, INetworkPasses<TInput>
        where TObjective : IObjective, allows ref struct
    {
        using Scratch scratch = pool.Rent(input.Length);
        Span<float> place = scratch.Vector(0);
        Span<float> point = scratch.Vector(1);
        Span<float> there = scratch.Vector(2);
        Span<float> sum = scratch.Vector(3);
        passes.ToPoint(input, place);
        sum.Clear();
        float deviation = noise * (TensorPrimitives.Max<float>(place) - TensorPrimitives.Min<float>(place));
        for (int n = 0; n < samples; n++)
        {
            NormalDeviates.Fill(randomSeed, n, point);
            TensorPrimitives.MultiplyAdd(point, deviation, place, point);
            passes.Explain(point, target, objective, there);
            TensorPrimitives.Add(sum, there, sum);
        }

        TensorPrimitives.Divide(sum, samples, sum);
        passes.FromPoint(sum, relevance);
    }
}
