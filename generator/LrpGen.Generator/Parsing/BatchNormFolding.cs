namespace LrpGen.Generator.Parsing;

/// <summary>
/// Finds the layers that take in batch norms: the linear or convolutional layer before a batch norm, or else the one behind it, if nobody
/// reads what is between them.
/// </summary>
internal static class BatchNormFolding
{
    public static EquatableArray<Layer> Fold(EquatableArray<Layer> layers) =>
        layers
            .Select(layer => layer.Operation is BatchNorm norm
                ? layer with { Operation = norm with { FoldedInto = Target(layers, layer) } }
                : layer)
            .ToEquatableArray();

    /// <summary>Index of the layer to fold into; −1 if there is none.</summary>
    /// <remarks>
    /// Not into one that pads: what it reads beyond the border is 0 behind the batch norm, and no input of the batch norm gives 0 there.
    /// </remarks>
    private static int Target(EquatableArray<Layer> layers, Layer norm)
    {
        Layer? before = Neighbour(norm, layer => layer.Inputs[0] is >= 0 and int input && ReaderOf(layers[input]) is not null ? layers[input] : null);
        Layer? behind = Neighbour(norm, ReaderOf);
        return before is { Operation: Linear or Convolution } ? before.Index
            : behind is { Operation: Linear or Convolution { IsPadded: false } } ? behind.Index
            : -1;

        // The only layer that reads another one.
        Layer? ReaderOf(Layer layer)
        {
            List<Layer> readers = [.. layers.Where(other => other.Inputs.Contains(layer.Index))];
            return readers.Count == 1 ? readers[0] : null;
        }
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
