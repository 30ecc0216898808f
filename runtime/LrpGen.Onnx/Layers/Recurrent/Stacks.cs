using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>Recurrent layers one on the other, each a node of ONNX, as PyTorch's one module.</summary>
internal static class Stacks
{
    private const string Count = "Layers = ";

    /// <summary>Puts together those whose nodes are of one module, and of which only the next one reads each. No others may be in the list.</summary>
    public static void Pack(LayerList list)
    {
        IReadOnlyList<ImportedLayer> layers = list.Layers;
        ILookup<int, int> readers = layers.SelectMany(layer => layer.Inputs).ToLookup(input => input);
        for (int index = 0; index < layers.Count; index++)
        {
            if (layers[index] is { Kind: "LSTM" or "GRU" or "RNN", Inputs: [int below and >= 0] } upper
                && layers[below] is var lower && lower.Kind == upper.Kind
                && readers[below].Count() == 1
                && LayerNames.OfNode(lower.Node.Name) == LayerNames.OfNode(upper.Node.Name)
                && lower.Arguments.Where(argument => !argument.StartsWith(Count, StringComparison.Ordinal)).SequenceEqual(upper.Arguments))
            {
                list.Replace(index, Both(lower, upper));
            }
        }
    }

    private static ImportedLayer Both(ImportedLayer lower, ImportedLayer upper)
    {
        int count = lower.Tensors.Count / upper.Tensors.Count;
        ImportedLayer both = new(upper.Node, upper.Kind, lower.Inputs, [upper.Arguments[0], $"{Count}{count + 1}", .. upper.Arguments.Skip(1)]);
        foreach ((string name, (IReadOnlyList<int> shape, float[] values)) in lower.Tensors)
        {
            both.Add(name, shape, values);
        }

        foreach ((string name, (IReadOnlyList<int> shape, float[] values)) in upper.Tensors)
        {
            both.Add(name.Replace("_l0", $"_l{count}", StringComparison.Ordinal), shape, values);
        }

        return both;
    }
}
