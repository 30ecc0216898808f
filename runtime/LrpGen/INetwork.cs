namespace LrpGen;

/// <summary>A network with loaded weights: immutable, and may be used from many threads at a time.</summary>
/// <remarks>Inputs, outputs and relevances are in PyTorch's order, (C, H, W).</remarks>
public interface INetwork
{
    /// <summary>Number of values of an input.</summary>
    int InputSize { get; }

    /// <summary>Number of outputs.</summary>
    int OutputSize { get; }

    /// <summary>The layers, and what the generator planned for them.</summary>
    NetworkDescription Description { get; }

    /// <summary>Names of the explanations, in order of declaration.</summary>
    IReadOnlyList<string> Explanations { get; }

    /// <summary>Predicts.</summary>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="output">Receives <see cref="OutputSize"/> values.</param>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Explains one output.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="target">Index of the output.</param>
    /// <param name="relevance">Receives the relevance of each of the <see cref="InputSize"/> values.</param>
    void Explain(string explanation, ReadOnlySpan<float> input, int target, Span<float> relevance);

    /// <summary>Explains from a given relevance of the outputs.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="outputRelevance"><see cref="OutputSize"/> values to start from.</param>
    /// <param name="relevance">Receives the relevance of each of the <see cref="InputSize"/> values.</param>
    void Explain(string explanation, ReadOnlySpan<float> input, ReadOnlySpan<float> outputRelevance, Span<float> relevance);

    /// <summary>Explains one output, and keeps every layer's activation and relevance.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="target">Index of the output.</param>
    Explanation Trace(string explanation, ReadOnlySpan<float> input, int target);
}

/// <summary>A network type that can load its weights.</summary>
/// <typeparam name="TSelf">The network's own type.</typeparam>
public interface INetwork<TSelf> : INetwork
    where TSelf : INetwork<TSelf>
{
    /// <summary>Loads the weights.</summary>
    /// <param name="source">Named tensors, as of a PyTorch <c>state_dict</c>.</param>
    static abstract TSelf Load(ITensorSource source);
}
