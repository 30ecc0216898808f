using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Refuses what is not finite although weights and inputs are, and says where it arose. Allocates nothing unless it throws.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FiniteResults
{
    /// <summary>Checks the result of a call.</summary>
    /// <param name="result">Outputs, or relevance of the input.</param>
    /// <param name="network">The network.</param>
    /// <param name="input">What was given.</param>
    /// <param name="target">The explained output; 0 if there is none.</param>
    /// <exception cref="NotFiniteNumberException">The result has a NaN or an infinity; the message names the layer that gives the first.</exception>
    public static void Check(ReadOnlySpan<float> result, INetwork network, ReadOnlySpan<float> input, int target = 0)
    {
        int index = Guard.IndexOfNonFinite(result);
        if (index < 0)
        {
            return;
        }

        // A trace of any explanation finds the layer, unless the explanation is a procedure's and has none.
        foreach (string explanation in network.Explanations)
        {
            network.Trace(explanation, input, Math.Max(target, 0));
        }

        throw NotFinite("The network", result[index], index);
    }

    /// <summary>Checks a trace.</summary>
    /// <param name="explanation">The trace.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="NotFiniteNumberException">The output of a layer, or its relevance, has a NaN or an infinity.</exception>
    public static Explanation Check(Explanation explanation)
    {
        foreach (LayerTrace layer in explanation.Layers)
        {
            Check($"Layer '{layer.Name}'", layer.Activation.Span);
        }

        // A rule makes it of the relevance of its layer's output.
        string above = "The start";
        foreach (LayerTrace layer in explanation.Layers.Reverse())
        {
            Check($"{above} of the explanation", layer.Relevance.Span);
            above = $"The rule at layer '{layer.Name}'";
        }

        Check($"{above} of the explanation", explanation.Relevance.Span);
        return explanation;
    }

    private static void Check(string giver, ReadOnlySpan<float> values)
    {
        int index = Guard.IndexOfNonFinite(values);
        if (index >= 0)
        {
            throw NotFinite(giver, values[index], index);
        }
    }

    private static NotFiniteNumberException NotFinite(string giver, float value, int index) => new(
        FormattableString.Invariant($"{giver} gives {value} at index {index}, though the weights and the input are finite."), value);
}
