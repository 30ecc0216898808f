using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>The forward pass of a network.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IForwardPass
{
    /// <summary>Predicts.</summary>
    /// <param name="input">A point.</param>
    /// <param name="output">Receives the outputs.</param>
    void Forward(ReadOnlySpan<float> input, Span<float> output);
}

/// <summary>The passes of a network that a procedure runs at its points.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INetworkPasses : IForwardPass
{
    /// <summary>Explains by the composite's rules.</summary>
    /// <param name="input">A point.</param>
    /// <param name="target">Index of the explained output.</param>
    /// <param name="outputRelevance">Relevance to start from; empty to start from the target.</param>
    /// <param name="relevance">Receives the relevance of the point.</param>
    void Explain(ReadOnlySpan<float> input, int target, ReadOnlySpan<float> outputRelevance, Span<float> relevance);
}
