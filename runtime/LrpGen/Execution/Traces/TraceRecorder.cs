using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>How a layer's output lies in memory.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Arrangement">Of its output.</param>
/// <param name="Varies">Whether calls choose how many rows there are; the arrangement is that of the most.</param>
/// <param name="IsPart">Whether it is a part of the next layer that is none, and no declared layer.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerLayout(string Name, Arrangement Arrangement, bool Varies = false, bool IsPart = false)
{
    /// <summary>The layout of a tensor of one call.</summary>
    internal LayerLayout For(ReadOnlySpan<float> tensor) => Varies ? this with { Arrangement = Arrangement.For(tensor), Varies = false } : this;
}

/// <summary>Keeps what a call computes at every layer.</summary>
/// <param name="layers">The layers, in order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceRecorder(IReadOnlyList<LayerLayout> layers)
{
    private readonly float[]?[] activations = new float[layers.Count][];
    private readonly float[]?[] relevances = new float[layers.Count][];
    private readonly LedgerEntry?[] entries = new LedgerEntry[layers.Count];
    private LedgerEntry? timesInput;

    /// <summary>Keeps a layer's output.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="tensor">Its output.</param>
    public void Activation(int layer, ReadOnlySpan<float> tensor) => activations[layer] = Copy(layers[layer], tensor);

    /// <summary>Keeps the relevance of a layer's output.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="tensor">Its relevance.</param>
    public void Relevance(int layer, ReadOnlySpan<float> tensor)
    {
        float[] relevance = Copy(layers[layer], tensor);
        relevances[layer] = relevance;
        entries[layer] = new LedgerEntry(layers[layer].For(tensor), relevance, 0);
    }

    /// <summary>Keeps the relevance of a layer's output that is all at one target.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="relevance">The target's relevance in the first lane.</param>
    /// <param name="target">The target.</param>
    public void TargetRelevance(int layer, ReadOnlySpan<float> relevance, int target)
    {
        float[] all = new float[layers[layer].Arrangement.Size];
        all[target] = relevance[0];
        relevances[layer] = all;
        entries[layer] = new LedgerEntry(layers[layer] with { Arrangement = Arrangement.Dense(1) }, [relevance[0]], target);
    }

    /// <summary>Keeps what a mask leaves of the relevance of a layer's output.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="tensor">What is left.</param>
    public void Masked(int layer, ReadOnlySpan<float> tensor)
    {
        float[] left = Copy(layers[layer], tensor);
        relevances[layer] = left;
        entries[layer] = entries[layer]!.Masked(left);
    }

    /// <summary>Begins the account of a layer; without one, it hands on all its relevance.</summary>
    /// <param name="layer">Index of the layer.</param>
    public LedgerEntry Ledger(int layer) => entries[layer]!.Open();

    /// <summary>The account of the multiplication by the network's input.</summary>
    /// <param name="before">Relevance of the input before it.</param>
    /// <param name="input">The input.</param>
    /// <param name="result">Relevance of the input behind it.</param>
    /// <param name="arrangement">Of all three.</param>
    public void TimesInput(ReadOnlySpan<float> before, ReadOnlySpan<float> input, ReadOnlySpan<float> result, in Arrangement arrangement)
    {
        LayerLayout layout = new("input", arrangement);
        timesInput = new LedgerEntry(layout, Copy(layout, before), 0).Open().Product(before, input).Input(result, arrangement);
    }

    /// <summary>The explanation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="explanation">Name of the explanation.</param>
    /// <param name="target">The explained output.</param>
    /// <param name="relevance">Relevance of the input.</param>
    /// <exception cref="NotFiniteNumberException">The output of a layer, or its relevance, has a NaN or an infinity.</exception>
    public Explanation Finish(NetworkDescription network, string explanation, int target, float[] relevance)
    {
        if (FirstNotFinite(relevance) is { } failure)
        {
            throw failure;
        }

        // To what only gates read comes no relevance.
        for (int layer = 0; layer < layers.Count; layer++)
        {
            float[] own = relevances[layer] ??= new float[activations[layer]!.Length];
            entries[layer] ??= new LedgerEntry(layers[layer], own, 0);
        }

        LayerTrace[] traces =
        [
            .. from pair in layers.Index()
               where !pair.Item.IsPart
               select new LayerTrace(pair.Item.Name, activations[pair.Index], relevances[pair.Index]),
        ];
        ExplanationDescription description = network.Explanations.First(candidate => candidate.Name == explanation);
        return new Explanation(explanation, target, traces, activations[^1], relevance, CloseLedger(description, relevance));
    }

    /// <summary>What is thrown for the first value at a layer that is not finite; null if there is none.</summary>
    /// <param name="results">Relevance of the input, or the outputs of a call that only predicts.</param>
    internal NotFiniteNumberException? FirstNotFinite(ReadOnlySpan<float> results)
    {
        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (FiniteResults.First($"Layer '{layers[layer].Name}'", activations[layer]) is { } failure)
            {
                return failure;
            }
        }

        for (int layer = layers.Count - 1; layer >= 0; layer--)
        {
            string giver = layer == layers.Count - 1 ? "The start of the explanation" : RuleAt(layer + 1);
            if (FiniteResults.First(giver, relevances[layer]) is { } failure)
            {
                return failure;
            }
        }

        return entries.Any(entry => entry is not null) ? FiniteResults.First(RuleAt(0), results) : null;
    }

    // A rule makes the relevance of a layer's inputs of that of its output.
    private string RuleAt(int layer) => $"The rule at layer '{layers[layer].Name}' of the explanation";

    private Ledger CloseLedger(ExplanationDescription description, float[] relevance)
    {
        Dictionary<string, string> rules = description.RulesByLayer();
        List<LedgerRow> rows = timesInput is null ? [] : [timesInput.ToRow("TimesInput")];
        List<LedgerRow> parts = [];
        foreach ((LedgerEntry? entry, LayerLayout layer) in entries.Zip(layers))
        {
            parts.Add(entry!.ToRow(rules.GetValueOrDefault(layer.Name, "")));
            if (!layer.IsPart)
            {
                rows.Add(LedgerRow.Join(parts));
                parts.Clear();
            }
        }

        return new Ledger(rows, rows[^1].Output, relevance.Sum(value => (double)value));
    }

    private static float[] Copy(LayerLayout layout, ReadOnlySpan<float> tensor)
    {
        Arrangement arrangement = layout.For(tensor).Arrangement;
        float[] copy = new float[arrangement.Size];
        Layout.Store(tensor, arrangement, copy);
        return copy;
    }
}
