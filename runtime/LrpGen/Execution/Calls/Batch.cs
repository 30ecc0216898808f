using System.ComponentModel;
using System.Runtime.ExceptionServices;

namespace LrpGen.Execution;

/// <summary>
/// Runs a network on samples that lie one after another, several at a time. Each sample gets the bits that a call of its own gives;
/// what is allocated does not grow with their number.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Batch
{
    /// <summary>See <see cref="INetwork.ForwardBatch"/>.</summary>
    public static void Forward(INetwork network, ReadOnlyMemory<float> inputs, Memory<float> outputs, int maxDegreeOfParallelism)
    {
        int samples = CountSamples(inputs.Span, network.InputSize);
        CheckLength(outputs.Length, samples, network.OutputSize, nameof(outputs));
        ForEach(samples, maxDegreeOfParallelism, sample => network.Forward(
            inputs.Span.Slice(sample * network.InputSize, network.InputSize),
            outputs.Span.Slice(sample * network.OutputSize, network.OutputSize)));
    }

    /// <summary>See <see cref="INetwork.ExplainBatch(string, ReadOnlyMemory{float}, ReadOnlyMemory{int}, Memory{float}, int)"/>.</summary>
    public static void Explain(
        INetwork network,
        string explanation,
        ReadOnlyMemory<float> inputs,
        ReadOnlyMemory<int> targets,
        Memory<float> relevances,
        int maxDegreeOfParallelism)
    {
        CheckTargets(targets.Span, network.OutputSize);
        Explain(
            network, explanation, inputs, targets.Length, nameof(targets), relevances, maxDegreeOfParallelism, (sample, input, relevance) =>
            network.Explain(explanation, input, targets.Span[sample], relevance));
    }

    /// <summary>See <see cref="INetwork.ExplainBatch{TObjective}"/>.</summary>
    public static void Explain<TObjective>(
        INetwork network,
        string explanation,
        ReadOnlyMemory<float> inputs,
        IReadOnlyList<TObjective> objectives,
        Memory<float> relevances,
        int maxDegreeOfParallelism)
        where TObjective : IObjective
    {
        ArgumentNullException.ThrowIfNull(objectives);
        Explain(
            network, explanation, inputs, objectives.Count, nameof(objectives), relevances, maxDegreeOfParallelism, (sample, input, relevance) =>
            network.Explain(explanation, input, objectives[sample], relevance));
    }

    /// <summary>See <see cref="INetworkOf{TInput}.ForwardBatch"/>.</summary>
    public static void Forward<TInput>(
        INetworkOf<TInput> network,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        IReadOnlyList<Memory<float>> outputs,
        int maxDegreeOfParallelism)
        where TInput : unmanaged
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        CheckCount(outputs.Count, inputs.Count, nameof(outputs));
        ForEach(inputs.Count, maxDegreeOfParallelism, sample => network.Forward(inputs[sample].Span, outputs[sample].Span));
    }

    /// <summary>
    /// See <see cref="INetworkOf{TInput}.ExplainBatch(
    /// string, IReadOnlyList{ReadOnlyMemory{TInput}}, ReadOnlyMemory{int}, IReadOnlyList{Memory{float}}, int)"/>.
    /// </summary>
    public static void Explain<TInput>(
        INetworkOf<TInput> network,
        string explanation,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        ReadOnlyMemory<int> targets,
        IReadOnlyList<Memory<float>> relevances,
        int maxDegreeOfParallelism)
        where TInput : unmanaged => Explain(
            network, explanation, inputs, targets.Length, nameof(targets), relevances, maxDegreeOfParallelism, (sample, input, relevance) =>
            network.Explain(explanation, input, targets.Span[sample], relevance));

    /// <summary>See <see cref="INetworkOf{TInput}.ExplainBatch{TObjective}"/>.</summary>
    public static void Explain<TInput, TObjective>(
        INetworkOf<TInput> network,
        string explanation,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        IReadOnlyList<TObjective> objectives,
        IReadOnlyList<Memory<float>> relevances,
        int maxDegreeOfParallelism)
        where TInput : unmanaged
        where TObjective : IObjective
    {
        ArgumentNullException.ThrowIfNull(objectives);
        Explain(
            network, explanation, inputs, objectives.Count, nameof(objectives), relevances, maxDegreeOfParallelism, (sample, input, relevance) =>
            network.Explain(explanation, input, objectives[sample], relevance));
    }

    /// <summary>Explains samples that lie one after another, of as many targets or objectives, which the caller gave by that name.</summary>
    private static void Explain(
        INetwork network,
        string explanation,
        ReadOnlyMemory<float> inputs,
        int starts,
        string name,
        Memory<float> relevances,
        int maxDegreeOfParallelism,
        Call<float> call)
    {
        CheckName(explanation, network.Explanations);
        int size = network.InputSize;
        int samples = CountSamples(inputs.Span, size);
        CheckLength(starts, samples, 1, name);
        CheckLength(relevances.Length, samples, size, nameof(relevances));
        ForEach(samples, maxDegreeOfParallelism, sample =>
            call(sample, inputs.Span.Slice(sample * size, size), relevances.Span.Slice(sample * size, size)));
    }

    /// <summary>Likewise samples that have lengths of their own.</summary>
    private static void Explain<TInput>(
        INetworkOf<TInput> network,
        string explanation,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        int starts,
        string name,
        IReadOnlyList<Memory<float>> relevances,
        int maxDegreeOfParallelism,
        Call<TInput> call)
        where TInput : unmanaged
    {
        CheckName(explanation, network.Explanations);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(relevances);
        CheckCount(starts, inputs.Count, name);
        CheckCount(relevances.Count, inputs.Count, nameof(relevances));
        ForEach(inputs.Count, maxDegreeOfParallelism, sample => call(sample, inputs[sample].Span, relevances[sample].Span));
    }

    /// <summary>Explains one sample.</summary>
    private delegate void Call<TInput>(int sample, ReadOnlySpan<TInput> input, Span<float> relevance);

    private static void CheckName(string explanation, IReadOnlyList<string> explanations)
    {
        if (!explanations.Contains(explanation))
        {
            throw Guard.NoExplanation(explanation, explanations);
        }
    }

    private static void CheckCount(int given, int samples, string name)
    {
        if (given != samples)
        {
            throw new ArgumentException($"Expected one for each of {samples} samples, but {given} are given.", name);
        }
    }

    private static int CountSamples(ReadOnlySpan<float> inputs, int size)
    {
        (int samples, int rest) = Math.DivRem(inputs.Length, size);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"Expected {size} values for each sample, but {inputs.Length} are given: sample {samples} has {rest}.", nameof(inputs));
        }

        int index = Guard.IndexOfNonFinite(inputs);
        if (index >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected finite values, but the one at index {index % size} of sample {index / size} is {inputs[index]}."),
                nameof(inputs));
        }

        return samples;
    }

    private static void CheckLength(int given, int samples, int size, string name)
    {
        long expected = (long)samples * size;
        if (given != expected)
        {
            throw new ArgumentException($"Expected {expected} values, {size} for each of {samples} samples, but {given} are given.", name);
        }
    }

    private static void CheckTargets(ReadOnlySpan<int> targets, int outputs)
    {
        int sample = targets.IndexOfAnyExceptInRange(0, outputs - 1);
        if (sample >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(targets), targets[sample], $"Expected the index of an output, 0 to {outputs - 1}, for sample {sample}.");
        }
    }

    /// <summary>Calls for every sample; throws what one failing call throws, with its sample, and starts no other after it.</summary>
    /// <remarks>
    /// There is no use in more workers than processors, and workspaces for them would not be kept. The workers take their samples one by
    /// one, because a Parallel.For over the samples allocates the more the longer it runs.
    /// </remarks>
    private static void ForEach(int samples, int maxDegreeOfParallelism, Action<int> call)
    {
        if (maxDegreeOfParallelism is 0 or < -1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxDegreeOfParallelism), maxDegreeOfParallelism, "Expected -1, for as many as there are processors, or at least 1.");
        }

        int degree = maxDegreeOfParallelism < 0 ? Environment.ProcessorCount : Math.Min(maxDegreeOfParallelism, Environment.ProcessorCount);
        int next = 0;
        try
        {
            Parallel.For(0, Math.Min(degree, samples), (_, loop) =>
            {
                for (int sample = Next(); sample < samples && !loop.ShouldExitCurrentIteration; sample = Next())
                {
                    CallFor(sample, call);
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        int Next() => Interlocked.Increment(ref next) - 1;
    }

    private static void CallFor(int sample, Action<int> call)
    {
        try
        {
            call(sample);
        }
        catch (NoRootException failure)
        {
            throw new NoRootException(MessageOf(failure), failure);
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentException(MessageOf(failure), failure);
        }
        catch (NotFiniteNumberException failure)
        {
            throw new NotFiniteNumberException(MessageOf(failure), failure.OffendingNumber, failure);
        }

        string MessageOf(Exception failure) => $"Sample {sample}: {failure.Message}";
    }
}
