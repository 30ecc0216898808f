using LrpGen.Generator.Declarations;
using LrpGen.Generator.Layers;

namespace LrpGen.Generator.Parsing;

/// <summary>
/// Finds the layers that take in batch norms: the linear or convolutional layer before a batch norm, or else the one behind it, if nobody
/// reads what is between them.
/// </summary>
internal static class BatchNormFolding
{
    public static EquatableArray<Layer> Fold(EquatableArray<Layer> layers)
    {
        Layer?[] readers = OnlyReaders(layers);
        ILookup<int, Layer> folded = layers
            .Where(layer => layer.Operation is BatchNorm)
            .Select(layer => (Layer: layer, Into: Target(layers, readers, layer)))
            .Where(pair => pair.Into is not null)
            .ToLookup(pair => pair.Into!.Value, pair => pair.Layer);
        Dictionary<int, int> into = folded
            .SelectMany(norms => norms.Select(norm => (norm.Index, norms.Key)))
            .ToDictionary(pair => pair.Index, pair => pair.Key);
        return layers
            .Select(layer =>
                into.TryGetValue(layer.Index, out int target) ? layer with { Operation = (BatchNorm)layer.Operation with { Into = target } }
                : folded.Contains(layer.Index) ? layer with { Parameter = layer.Parameter! with { Folds = FoldsOf(layer, folded[layer.Index]) } }
                : layer)
            .ToEquatableArray();

        static EquatableArray<Fold> FoldsOf(Layer layer, IEnumerable<Layer> norms) =>
            norms.Select(norm => new Fold(norm.Parameter!, norm.Index < layer.Index)).ToEquatableArray();
    }

    /// <summary>Index of the layer to fold into; null if there is none.</summary>
    /// <remarks>
    /// Not into one behind it that pads: what it reads beyond the border is 0 behind the batch norm, and no input of the batch norm gives 0 there.
    /// Nor into a transposed one behind it, whose outputs do not all see every tap.
    /// </remarks>
    private static int? Target(EquatableArray<Layer> layers, Layer?[] readers, Layer norm)
    {
        Layer? before = Neighbour(norm, layer => layer.Inputs[0] is >= 0 and int input && readers[input] is not null ? layers[input] : null);
        Layer? behind = Neighbour(norm, layer => readers[layer.Index]);
        return before is { Input.Rank: 1, Operation: Linear } or { Operation: Convolution or TransposedConvolution } ? before.Index
            : behind is { Input.Rank: 1, Operation: Linear } or { Operation: Convolution { IsPadded: false } } ? behind.Index
            : null;
    }

    /// <summary>For every layer the only one that reads it; null if there is none, or more than one.</summary>
    private static Layer?[] OnlyReaders(EquatableArray<Layer> layers)
    {
        Layer?[] only = new Layer?[layers.Count];
        int[] counts = new int[layers.Count];
        foreach (Layer reader in layers)
        {
            foreach (int input in reader.Inputs.Where(input => input >= 0).Distinct())
            {
                only[input] = ++counts[input] == 1 ? reader : null;
            }
        }

        return only;
    }

    /// <summary>The next layer that does something.</summary>
    private static Layer? Neighbour(Layer norm, Func<Layer, Layer?> next)
    {
        Layer? layer = next(norm);
        while (layer is { Operation: Identity })
        {
            layer = next(layer);
        }

        return layer;
    }
}
