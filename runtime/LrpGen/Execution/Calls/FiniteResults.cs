using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Refuses what is not finite although weights and inputs are, and says where it arose. Allocates nothing unless it throws.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FiniteResults
{
    /// <summary>Whether none of a call's results is a NaN or an infinity.</summary>
    /// <param name="results">Outputs, or relevance.</param>
    public static bool Are(ReadOnlySpan<float> results) => Guard.IndexOfNonFinite(results) < 0;

    /// <summary>What is thrown for results that are not finite: it names the layer, or its rule, that gives the first such value.</summary>
    /// <param name="giver">What gave the results, where the trace does not tell.</param>
    /// <param name="results">The results.</param>
    /// <param name="input">The input, which results may have overwritten. What it led to then cannot be found out any more.</param>
    /// <param name="trace">Of the same call once more.</param>
    public static NotFiniteNumberException NotFinite(
        string giver, ReadOnlySpan<float> results, ReadOnlySpan<float> input, TraceRecorder trace) =>
        (Are(input) ? trace.FirstNotFinite(results) : null) ?? First(giver, results)!;

    /// <summary>What is thrown for the first value that is not finite; null if there is none.</summary>
    internal static NotFiniteNumberException? First(string giver, ReadOnlySpan<float> values)
    {
        int index = Guard.IndexOfNonFinite(values);
        return index < 0
            ? null
            : new(
                FormattableString.Invariant($"{giver} gives {values[index]} at index {index}, though the weights and the input are finite."),
                values[index]);
    }
}
