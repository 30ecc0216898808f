using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>The explained function f of the input: the output at the target, or the sum of all outputs weighted by a given relevance.</summary>
/// <param name="passes">The network.</param>
/// <param name="target">Index of the explained output.</param>
/// <param name="outputRelevance">Weights of the outputs; empty for the target alone.</param>
/// <param name="output">Memory for the outputs.</param>
internal readonly ref struct Objective<TPasses>(TPasses passes, int target, ReadOnlySpan<float> outputRelevance, Span<float> output)
    where TPasses : struct, IForwardPass
{
    private readonly Span<float> output = output;

    public TPasses Passes { get; } = passes;

    public int Target { get; } = target;

    public ReadOnlySpan<float> OutputRelevance { get; } = outputRelevance;

    /// <summary>f at a point.</summary>
    public float At(ReadOnlySpan<float> point)
    {
        Passes.Forward(point, output);
        return OutputRelevance.IsEmpty ? output[Target] : TensorPrimitives.Dot(OutputRelevance, output[..OutputRelevance.Length]);
    }
}

internal static class Objective
{
    /// <summary>The relevance of a point; under derivatives the gradient of f.</summary>
    public static void Explain<TPasses>(this Objective<TPasses> f, ReadOnlySpan<float> point, Span<float> relevance)
        where TPasses : struct, INetworkPasses => f.Passes.Explain(point, f.Target, f.OutputRelevance, relevance);
}
