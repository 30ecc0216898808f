namespace LrpGen.Generator.Parsing;

/// <summary>Finds the batch norms that can be folded: behind a linear or convolutional layer whose output nobody else reads.</summary>
internal static class BatchNormFolding
{
    public static EquatableArray<Layer> Fold(EquatableArray<Layer> layers) =>
        layers
            .Select(layer => layer.Operation is BatchNorm norm
                ? layer with { Operation = norm with { FoldedInto = Target(layers, layer) } }
                : layer)
            .ToEquatableArray();

    /// <summary>The layer to fold into, through layers that do nothing; −1 if there is none.</summary>
    private static int Target(EquatableArray<Layer> layers, Layer norm)
    {
        int index = norm.Inputs[0];
        while (index >= 0 && layers.Count(other => other.Inputs.Contains(index)) == 1)
        {
            switch (layers[index].Operation)
            {
                case Linear or Convolution:
                    return index;
                case Identity:
                    index = layers[index].Inputs[0];
                    break;
                default:
                    return -1;
            }
        }

        return -1;
    }
}
