using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Refuses what is not finite although weights and inputs are, and says where it arose. Allocates nothing unless it throws.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FiniteResults
{
    /// <summary>Checks the outputs of a prediction.</summary>
    /// <param name="output">The outputs.</param>
    /// <param name="network">The network.</param>
    /// <param name="input">What was given.</param>
    /// <exception cref="NotFiniteNumberException">One is a NaN or an infinity; the message names the layer that gives the first.</exception>
    public static void Check(ReadOnlySpan<float> output, INetwork network, ReadOnlySpan<float> input)
    {
        int index = Guard.IndexOfNonFinite(output);
        if (index >= 0)
        {
            foreach (string explanation in network.Explanations)
            {
                Trace(network, explanation, input, 0);
            }

            throw NotFinite("The network", output[index], index);
        }
    }

    /// <summary>Checks the relevance that an explanation gives.</summary>
    /// <param name="relevance">The relevance.</param>
    /// <param name="network">The network.</param>
    /// <param name="explanation">Name of the explanation.</param>
    /// <param name="input">What was given.</param>
    /// <param name="target">The explained output; 0 if relevance was given.</param>
    /// <exception cref="NotFiniteNumberException">It has a NaN or an infinity; the message names the layer, or its rule, that gives the first.</exception>
    public static void Check(ReadOnlySpan<float> relevance, INetwork network, string explanation, ReadOnlySpan<float> input, int target = 0)
    {
        int index = Guard.IndexOfNonFinite(relevance);
        if (index >= 0)
        {
            Trace(network, explanation, input, target);
            throw NotFinite("The explanation", relevance[index], index);
        }
    }

    // Throws what names the layer. An explanation of another call may have bounds that the input exceeds, or find no root.
    private static void Trace(INetwork network, string explanation, ReadOnlySpan<float> input, int target)
    {
        try
        {
            network.Trace(explanation, input, target);
        }
        catch (Exception exception) when (exception is ArgumentException or NoRootException)
        {
        }
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
