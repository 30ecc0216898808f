using System.Diagnostics.CodeAnalysis;

namespace LrpGen;

/// <summary>An explanation with the activation and the relevance of every layer.</summary>
public sealed class Explanation
{
    private readonly Dictionary<string, LayerTrace> byName;

    internal Explanation(
        string name, int target, IReadOnlyList<LayerTrace> layers, ReadOnlyMemory<float> output, ReadOnlyMemory<float> relevance, Ledger? ledger)
    {
        Name = name;
        Target = target;
        Layers = layers;
        Output = output;
        Relevance = relevance;
        Ledger = ledger;
        byName = layers.ToDictionary(layer => layer.Name);
    }

    /// <summary>Name of the explanation.</summary>
    public string Name { get; }

    /// <summary>Index of the explained output; −1 if an <see cref="IObjective"/> is explained.</summary>
    public int Target { get; }

    /// <summary>The layers, in order; none if the composite has a procedure, which runs the layers at many points.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; }

    /// <summary>The network's outputs.</summary>
    public ReadOnlyMemory<float> Output { get; }

    /// <summary>Relevance of the input.</summary>
    public ReadOnlyMemory<float> Relevance { get; }

    /// <summary>Where the relevance went; null if the composite has a procedure, which runs the layers at many points.</summary>
    public Ledger? Ledger { get; }

    /// <summary>What the relevance adds up to, if it is relative to a baseline or a root; else null.</summary>
    public Completeness? Completeness { get; internal init; }

    /// <summary>The trace of a layer.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public LayerTrace this[string layer] => TryGetLayer(layer, out LayerTrace? trace)
        ? trace
        : throw new ArgumentException($"There is no layer '{layer}'; the layers are {string.Join(", ", byName.Keys)}.", nameof(layer));

    /// <summary>The trace of a layer, if there is such a layer.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="trace">Its trace.</param>
    public bool TryGetLayer(string layer, [NotNullWhen(true)] out LayerTrace? trace) => byName.TryGetValue(layer, out trace);
}

/// <summary>What went through one layer, at its output and in PyTorch's order.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Activation">
/// The layer's output. Batch norm that is folded into a layer is part of it: the layer's activation is that behind the batch norm, or the
/// layer reads what the batch norm reads, and the batch norm shows just that.
/// </param>
/// <param name="Relevance">Relevance of the layer's output, summed over its consumers; of a masked layer, what flows on.</param>
public sealed record LayerTrace(string Name, ReadOnlyMemory<float> Activation, ReadOnlyMemory<float> Relevance);
