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

    /// <summary>How many rows of how many columns there are of outputs, for a point of that many values.</summary>
    /// <param name="inputs">Number of values.</param>
    (int Rows, int Columns) OutputsOf(int inputs);
}

/// <summary>The passes of a network that a procedure runs at its points.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INetworkPasses : IForwardPass
{
    /// <summary>Explains by the composite's rules.</summary>
    /// <param name="input">A point.</param>
    /// <param name="target">Index of the explained output; negative to explain the objective.</param>
    /// <param name="objective">What is explained, where there is no target.</param>
    /// <param name="relevance">Receives the relevance of the point.</param>
    void Explain<TObjective>(ReadOnlySpan<float> input, int target, TObjective objective, Span<float> relevance)
        where TObjective : IObjective, allows ref struct;
}
