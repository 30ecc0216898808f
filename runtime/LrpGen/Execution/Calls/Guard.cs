using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>Checks of the arguments of a network's calls; they allocate nothing unless they throw.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>A network's input: as many values as expected, and all finite.</summary>
    /// <param name="input">The argument.</param>
    /// <param name="size">The length it must have.</param>
    /// <exception cref="ArgumentException">Another length, or a NaN or an infinity.</exception>
    public static void Input(ReadOnlySpan<float> input, int size) => FiniteValues(input, size, nameof(input));

    /// <summary>An input of which the call chooses how long it is: as many values for each position as expected, and all finite.</summary>
    /// <param name="input">The argument.</param>
    /// <param name="size">Values of a position.</param>
    /// <param name="least">The fewest positions that it may have.</param>
    /// <param name="most">The most that it may have.</param>
    /// <exception cref="ArgumentException">Another length, or a NaN or an infinity.</exception>
    public static void Positions(ReadOnlySpan<float> input, int size, int least, int most)
    {
        if (input.Length % size != 0 || input.Length / size < least || input.Length / size > most)
        {
            throw new ArgumentException(
                $"Expected {least} to {most} positions of {size} values, but {input.Length} values are given.", nameof(input));
        }

        FiniteValues(input, input.Length, nameof(input));
    }

    /// <summary>Token ids: as many as expected, all of them known.</summary>
    /// <param name="input">The argument.</param>
    /// <param name="least">The fewest that there may be.</param>
    /// <param name="most">The most that there may be.</param>
    /// <param name="known">Number of ids that there are.</param>
    /// <exception cref="ArgumentException">Another number of ids, or one that is unknown.</exception>
    public static void Tokens(ReadOnlySpan<int> input, int least, int most, int known)
    {
        if (input.Length < least || input.Length > most)
        {
            throw new ArgumentException($"Expected {least} to {most} tokens, but {input.Length} are given.", nameof(input));
        }

        KnownTokens(input, known, nameof(input));
    }

    /// <summary>A network's input within the bounds that an explanation's rule takes for granted, but for the rounding of a preprocessing.</summary>
    /// <param name="input">The argument, all finite.</param>
    /// <param name="lows">Lowest values: one for all, one for each channel, or none.</param>
    /// <param name="highs">Highest values, likewise.</param>
    /// <exception cref="ArgumentException">A value beyond the bounds.</exception>
    public static void Bounds(ReadOnlySpan<float> input, ReadOnlySpan<float> lows, ReadOnlySpan<float> highs)
    {
        const float Rounding = 1e-5f;
        int runs = Math.Max(lows.Length, highs.Length);
        int length = input.Length / runs;
        for (int run = 0; run < runs; run++)
        {
            float low = lows.IsEmpty ? float.NegativeInfinity : lows[lows.Length == 1 ? 0 : run];
            float high = highs.IsEmpty ? float.PositiveInfinity : highs[highs.Length == 1 ? 0 : run];
            float slack = Rounding * Math.Max(float.IsFinite(low) ? Math.Abs(low) : 0, float.IsFinite(high) ? Math.Abs(high) : 0);
            int index = input.Slice(run * length, length).IndexOfAnyExceptInRange(low - slack, high + slack);
            if (index >= 0)
            {
                int at = (run * length) + index;
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Expected values from {low} to {high}, the explanation's bounds, but the one at index {at} is {input[at]}."),
                    nameof(input));
            }
        }
    }

    /// <summary>A relevance to start from: as many values as the network has outputs, and all finite.</summary>
    /// <param name="outputRelevance">The argument.</param>
    /// <param name="size">The length it must have.</param>
    /// <exception cref="ArgumentException">Another length, or a NaN or an infinity.</exception>
    public static void OutputRelevance(ReadOnlySpan<float> outputRelevance, int size) =>
        FiniteValues(outputRelevance, size, nameof(outputRelevance));

    /// <summary>A vector that an objective compares outputs with: finite values, not all 0.</summary>
    /// <param name="vector">The argument.</param>
    /// <exception cref="ArgumentException">All are 0, or there is a NaN or an infinity.</exception>
    public static void Vector(ReadOnlySpan<float> vector)
    {
        FiniteValues(vector, vector.Length, nameof(vector));
        if (vector.IndexOfAnyExcept(0f) < 0)
        {
            throw new ArgumentException($"Expected a vector that is not 0, but all of its {vector.Length} values are.", nameof(vector));
        }
    }

    /// <summary>A baseline or a root: as many values as an input, and all finite.</summary>
    /// <param name="point">The argument.</param>
    /// <param name="size">The length it must have.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">Another length, or a NaN or an infinity.</exception>
    public static void Reference(ReadOnlySpan<float> point, int size, string name) => FiniteValues(point, size, name);

    /// <summary>A baseline of tokens: as many ids as an input has, all of them known.</summary>
    /// <param name="tokens">The argument.</param>
    /// <param name="size">The length it must have.</param>
    /// <param name="known">Number of ids that there are.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">Another number of ids, or one that is unknown.</exception>
    public static void Reference(ReadOnlySpan<int> tokens, int size, int known, string name)
    {
        Length(tokens.Length, size, name);
        KnownTokens(tokens, known, name);
    }

    /// <summary>Memory for a result: exactly as long as expected.</summary>
    /// <param name="destination">The argument.</param>
    /// <param name="size">The length it must have.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static void Output(Span<float> destination, int size, string name) => Length(destination.Length, size, name);

    /// <summary>The index of an output.</summary>
    /// <param name="target">The argument.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public static void Target(int target, int outputs)
    {
        if ((uint)target >= (uint)outputs)
        {
            throw new ArgumentOutOfRangeException(nameof(target), target, $"Expected the index of an output, 0 to {outputs - 1}.");
        }
    }

    /// <summary>Threads of a call: at least one.</summary>
    /// <param name="threads">The argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static void Threads(int threads)
    {
        if (threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "Expected 1 thread or more.");
        }
    }

    /// <summary>Channels of a layer, or what is chosen in place of these: at least one, in any order.</summary>
    /// <param name="channels">The argument.</param>
    /// <param name="count">Number of the layer's channels.</param>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="kind">What they are: channels, heads, or positions.</param>
    /// <exception cref="ArgumentException">There is none, or one that the layer does not have.</exception>
    public static void Channels(ReadOnlySpan<int> channels, int count, string layer, string kind)
    {
        if (channels.IsEmpty)
        {
            throw new ArgumentException($"Expected one or more {kind} of layer '{layer}', but 0 are given.", nameof(channels));
        }

        foreach (int channel in channels)
        {
            if ((uint)channel >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(nameof(channels), channel, $"Expected {kind} of layer '{layer}', 0 to {count - 1}.");
            }
        }
    }

    /// <summary>The error for a name that no explanation has.</summary>
    /// <param name="explanation">The name.</param>
    /// <param name="explanations">The names that there are.</param>
    public static ArgumentException NoExplanation(string explanation, IReadOnlyList<string> explanations)
    {
        string declared = explanations.Count == 0 ? "none is declared" : $"those declared are {string.Join(", ", explanations)}";
        return new ArgumentException($"There is no explanation '{explanation}'; {declared}.", nameof(explanation));
    }

    /// <summary>Index of the first NaN or infinity; −1 if there is none.</summary>
    internal static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        // Written out, because TensorPrimitives' methods cost the JIT 4 ms at a program's start.
        int index = 0;
        ref float first = ref MemoryMarshal.GetReference(values);
        while (index <= values.Length - Vector256<float>.Count && AllFinite(Vector256.LoadUnsafe(ref first, (nuint)index)))
        {
            index += Vector256<float>.Count;
        }

        while (index < values.Length && float.IsFinite(values[index]))
        {
            index++;
        }

        return index < values.Length ? index : -1;

        static bool AllFinite(Vector256<float> values) => Vector256.LessThanAll(Vector256.Abs(values), Vector256.Create(float.PositiveInfinity));
    }

    private static void FiniteValues(ReadOnlySpan<float> values, int size, string name)
    {
        Length(values.Length, size, name);
        int index = IndexOfNonFinite(values);
        if (index >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected finite values, but the one at index {index} is {values[index]}."), name);
        }
    }

    private static void KnownTokens(ReadOnlySpan<int> tokens, int known, string name)
    {
        int index = tokens.IndexOfAnyExceptInRange(0, known - 1);
        if (index >= 0)
        {
            throw new ArgumentException($"Expected token ids from 0 to {known - 1}, but the one at index {index} is {tokens[index]}.", name);
        }
    }

    private static void Length(int given, int expected, string name)
    {
        if (given != expected)
        {
            throw new ArgumentException($"Expected {expected} values, but {given} are given.", name);
        }
    }
}
