using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>The forward pass of a network.</summary>
/// <typeparam name="TInput">Of the values of an input: numbers, or token ids.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IForwardPass<TInput>
    where TInput : unmanaged
{
    /// <summary>Predicts.</summary>
    /// <param name="input">An input.</param>
    /// <param name="output">Receives the outputs.</param>
    void Forward(ReadOnlySpan<TInput> input, Span<float> output);

    /// <summary>How many rows of how many columns there are of outputs, for an input of that many values.</summary>
    /// <param name="inputs">Number of values.</param>
    (int Rows, int Columns) OutputsOf(int inputs);
}

/// <summary>The passes of a network that a procedure runs at its points: inputs, or for tokens the rows that are looked up.</summary>
/// <typeparam name="TInput">Of the values of an input: numbers, or token ids.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INetworkPasses<TInput> : IForwardPass<TInput>
    where TInput : unmanaged
{
    /// <summary>The point at which an input is.</summary>
    /// <param name="input">An input.</param>
    /// <param name="point">Receives the values of the point.</param>
    void ToPoint(ReadOnlySpan<TInput> input, Span<float> point);

    /// <summary>Explains by the composite's rules.</summary>
    /// <param name="point">A point.</param>
    /// <param name="target">Index of the explained output; negative to explain the objective.</param>
    /// <param name="objective">What is explained, where there is no target.</param>
    /// <param name="relevance">Receives the relevance of the point.</param>
    void Explain<TObjective>(ReadOnlySpan<float> point, int target, TObjective objective, Span<float> relevance)
        where TObjective : IObjective, allows ref struct;

    /// <summary>The relevance of an input.</summary>
    /// <param name="ofPoint">Relevance of its point.</param>
    /// <param name="relevance">Receives the relevance of every value of the input.</param>
    void FromPoint(ReadOnlySpan<float> ofPoint, Span<float> relevance);
}
