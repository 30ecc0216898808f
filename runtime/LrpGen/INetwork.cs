using LrpGen.Execution;

namespace LrpGen;

/// <summary>A network with loaded weights: immutable, and may be used from many threads at a time.</summary>
/// <remarks>
/// Inputs, outputs and relevances are in PyTorch's order, (C, H, W). Where calls choose how long an input is, sizes are those of the longest.
/// </remarks>
/// <typeparam name="TInput">Of the values of an input: numbers, or token ids.</typeparam>
public interface INetworkOf<TInput>
    where TInput : unmanaged
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
    /// <exception cref="ArgumentException">A length or a value is not as expected.</exception>
    void Forward(ReadOnlySpan<TInput> input, Span<float> output);

    /// <summary>Explains one output.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="target">Index of the output.</param>
    /// <param name="relevance">Receives the relevance of each of the <see cref="InputSize"/> values.</param>
    /// <exception cref="ArgumentException">A length, a value, the target or the name is not as expected.</exception>
    /// <exception cref="NoRootException">A Taylor decomposition finds no root.</exception>
    void Explain(string explanation, ReadOnlySpan<TInput> input, int target, Span<float> relevance);

    /// <summary>Explains from a given relevance of the outputs.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="outputRelevance"><see cref="OutputSize"/> values to start from.</param>
    /// <param name="relevance">Receives the relevance of each of the <see cref="InputSize"/> values.</param>
    /// <exception cref="ArgumentException">A length, a value or the name is not as expected.</exception>
    /// <exception cref="NoRootException">A Taylor decomposition finds no root.</exception>
    void Explain(string explanation, ReadOnlySpan<TInput> input, ReadOnlySpan<float> outputRelevance, Span<float> relevance);

    /// <summary>Explains an objective of the outputs, such as the difference of two.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="objective">What is explained, see <see cref="Objective"/>.</param>
    /// <param name="relevance">Receives the relevance of each of the <see cref="InputSize"/> values.</param>
    /// <exception cref="ArgumentException">A length, a value, the objective or the name is not as expected.</exception>
    /// <exception cref="NoRootException">A Taylor decomposition finds no root.</exception>
    void Explain<TObjective>(string explanation, ReadOnlySpan<TInput> input, TObjective objective, Span<float> relevance)
        where TObjective : IObjective, allows ref struct;

    /// <summary>Explains one output, and keeps every layer's activation and relevance.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="target">Index of the output.</param>
    /// <exception cref="ArgumentException">A length, a value, the target or the name is not as expected.</exception>
    /// <exception cref="NoRootException">A Taylor decomposition finds no root.</exception>
    Explanation Trace(string explanation, ReadOnlySpan<TInput> input, int target);

    /// <summary>Explains an objective of the outputs, and keeps every layer's activation and relevance.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="input"><see cref="InputSize"/> finite values.</param>
    /// <param name="objective">What is explained, see <see cref="Objective"/>.</param>
    /// <exception cref="ArgumentException">A length, a value, the objective or the name is not as expected.</exception>
    /// <exception cref="NoRootException">A Taylor decomposition finds no root.</exception>
    Explanation Trace<TObjective>(string explanation, ReadOnlySpan<TInput> input, TObjective objective)
        where TObjective : IObjective, allows ref struct;

    /// <summary>Predicts every sample, several at a time; where calls choose how long an input is, of lengths of their own.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="outputs">Receives the outputs of each.</param>
    /// <param name="maxDegreeOfParallelism">Samples at a time, at most as many as there are processors; −1 for that many.</param>
    /// <exception cref="ArgumentException">
    /// The degree or a number is not as expected, and nothing was computed; or a sample, which the message names, and others may have been.
    /// </exception>
    void ForwardBatch(IReadOnlyList<ReadOnlyMemory<TInput>> inputs, IReadOnlyList<Memory<float>> outputs, int maxDegreeOfParallelism = -1) =>
        Batch.Forward(this, inputs, outputs, maxDegreeOfParallelism);

    /// <summary>Explains one output of every sample, several at a time; where calls choose how long an input is, of lengths of their own.</summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">Index of an output for each sample.</param>
    /// <param name="relevances">Receives the relevance of the values of each.</param>
    /// <param name="maxDegreeOfParallelism">Samples at a time, at most as many as there are processors; −1 for that many.</param>
    /// <exception cref="ArgumentException">
    /// The degree, a number or the name is not as expected, and nothing was computed; or a sample, which the message names, and others may have been.
    /// </exception>
    void ExplainBatch(
        string explanation,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        ReadOnlyMemory<int> targets,
        IReadOnlyList<Memory<float>> relevances,
        int maxDegreeOfParallelism = -1) => Batch.Explain(this, explanation, inputs, targets, relevances, maxDegreeOfParallelism);

    /// <summary>
    /// Explains an objective of the outputs of every sample, several at a time; where calls choose how long an input is, of lengths of their own.
    /// </summary>
    /// <param name="explanation">One of <see cref="Explanations"/>.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="objectives">What is explained of each sample, see <see cref="Objective"/>.</param>
    /// <param name="relevances">Receives the relevance of the values of each.</param>
    /// <param name="maxDegreeOfParallelism">Samples at a time, at most as many as there are processors; −1 for that many.</param>
    /// <exception cref="ArgumentException">
    /// The degree, a number or the name is not as expected, and nothing was computed; or a sample or its objective, of which the message names the
    /// sample, and others may have been.
    /// </exception>
    void ExplainBatch<TObjective>(
        string explanation,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        IReadOnlyList<TObjective> objectives,
        IReadOnlyList<Memory<float>> relevances,
        int maxDegreeOfParallelism = -1)
        where TObjective : IObjective => Batch.Explain(this, explanation, inputs, objectives, relevances, maxDegreeOfParallelism);
}

/// <summary>A network whose inputs are numbers.</summary>
public interface INetwork : INetworkOf<float>
{
    /// <summary>The same network, each of whose calls runs on several threads; with the same weights and the same results, bit by bit.</summary>
    /// <param name="threads">Threads of a call, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    INetwork WithThreads(int threads);

    /// <summary>Predicts every sample, several at a time.</summary>
    /// <param name="inputs"><see cref="INetworkOf{TInput}.InputSize"/> finite values for each sample, one sample after another.</param>
    /// <param name="outputs">Receives <see cref="INetworkOf{TInput}.OutputSize"/> values for each sample.</param>
    /// <param name="maxDegreeOfParallelism">Samples at a time, at most as many as there are processors; −1 for that many.</param>
    /// <exception cref="ArgumentException">A length, a value or the degree is not as expected; nothing was computed.</exception>
    void ForwardBatch(ReadOnlyMemory<float> inputs, Memory<float> outputs, int maxDegreeOfParallelism = -1) =>
        Batch.Forward(this, inputs, outputs, maxDegreeOfParallelism);

    /// <summary>Explains one output of every sample, several samples at a time.</summary>
    /// <param name="explanation">One of <see cref="INetworkOf{TInput}.Explanations"/>.</param>
    /// <param name="inputs"><see cref="INetworkOf{TInput}.InputSize"/> finite values for each sample, one sample after another.</param>
    /// <param name="targets">Index of an output for each sample.</param>
    /// <param name="relevances">Receives the relevance of each of the values.</param>
    /// <param name="maxDegreeOfParallelism">Samples at a time, at most as many as there are processors; −1 for that many.</param>
    /// <exception cref="ArgumentException">
    /// A length, a value, a target, the degree or the name is not as expected; nothing was computed. Or a sample, which the message names, is
    /// not within the bounds of a Taylor decomposition; other samples may have been explained.
    /// </exception>
    /// <exception cref="NoRootException">
    /// A Taylor decomposition finds no root for a sample, which the message names; other samples may have been explained.
    /// </exception>
    void ExplainBatch(
        string explanation, ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> targets, Memory<float> relevances, int maxDegreeOfParallelism = -1) =>
        Batch.Explain(this, explanation, inputs, targets, relevances, maxDegreeOfParallelism);

    /// <summary>Explains an objective of the outputs of every sample, several samples at a time.</summary>
    /// <param name="explanation">One of <see cref="INetworkOf{TInput}.Explanations"/>.</param>
    /// <param name="inputs"><see cref="INetworkOf{TInput}.InputSize"/> finite values for each sample, one sample after another.</param>
    /// <param name="objectives">What is explained of each sample, see <see cref="Objective"/>.</param>
    /// <param name="relevances">Receives the relevance of each of the values.</param>
    /// <param name="maxDegreeOfParallelism">Samples at a time, at most as many as there are processors; −1 for that many.</param>
    /// <exception cref="ArgumentException">
    /// A length, a value, the degree or the name is not as expected; nothing was computed. Or a sample, which the message names, does not go with its
    /// objective or is not within the bounds of a Taylor decomposition; other samples may have been explained.
    /// </exception>
    /// <exception cref="NoRootException">
    /// A Taylor decomposition finds no root for a sample, which the message names; other samples may have been explained.
    /// </exception>
    void ExplainBatch<TObjective>(
        string explanation,
        ReadOnlyMemory<float> inputs,
        IReadOnlyList<TObjective> objectives,
        Memory<float> relevances,
        int maxDegreeOfParallelism = -1)
        where TObjective : IObjective => Batch.Explain(this, explanation, inputs, objectives, relevances, maxDegreeOfParallelism);
}

/// <summary>A network whose inputs are token ids: as many as a call gives, up to <see cref="INetworkOf{TInput}.InputSize"/>.</summary>
/// <remarks>Relevance has a value for every token.</remarks>
public interface ITokenNetwork : INetworkOf<int>
{
    /// <inheritdoc cref="INetwork.WithThreads"/>
    ITokenNetwork WithThreads(int threads);
}

/// <summary>A network type that can load its weights.</summary>
/// <typeparam name="TSelf">The network's own type.</typeparam>
public interface ITokenNetwork<TSelf> : ITokenNetwork
    where TSelf : ITokenNetwork<TSelf>
{
    /// <inheritdoc cref="INetwork{TSelf}.Load"/>
    static abstract TSelf Load(ITensorSource source);
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
