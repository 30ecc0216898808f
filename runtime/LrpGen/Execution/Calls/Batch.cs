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

    /// <summary>See <see cref="INetwork.ExplainBatch"/>.</summary>
    public static void Explain(
        INetwork network,
        string explanation,
        ReadOnlyMemory<float> inputs,
        ReadOnlyMemory<int> targets,
        Memory<float> relevances,
        int maxDegreeOfParallelism)
    {
        CheckName(explanation, network.Explanations);
        int samples = CountSamples(inputs.Span, network.InputSize);
        CheckLength(targets.Length, samples, 1, nameof(targets));
        CheckTargets(targets.Span, network.OutputSize);
        CheckLength(relevances.Length, samples, network.InputSize, nameof(relevances));
        ForEach(samples, maxDegreeOfParallelism, sample => network.Explain(
            explanation,
            inputs.Span.Slice(sample * network.InputSize, network.InputSize),
            targets.Span[sample],
            relevances.Span.Slice(sample * network.InputSize, network.InputSize)));
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

    /// <summary>See <see cref="INetworkOf{TInput}.ExplainBatch"/>.</summary>
    public static void Explain<TInput>(
        INetworkOf<TInput> network,
        string explanation,
        IReadOnlyList<ReadOnlyMemory<TInput>> inputs,
        ReadOnlyMemory<int> targets,
        IReadOnlyList<Memory<float>> relevances,
        int maxDegreeOfParallelism)
        where TInput : unmanaged
    {
        CheckName(explanation, network.Explanations);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(relevances);
        CheckCount(targets.Length, inputs.Count, nameof(targets));
        CheckCount(relevances.Count, inputs.Count, nameof(relevances));
        ForEach(inputs.Count, maxDegreeOfParallelism, sample => network.Explain(
            explanation, inputs[sample].Span, targets.Span[sample], relevances[sample].Span));
    }

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
