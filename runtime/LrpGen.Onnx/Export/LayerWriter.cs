namespace LrpGen.Onnx.Export;

/// <summary>Writes layer by layer, and knows under which names their values are.</summary>
internal sealed class LayerWriter(GraphBuilder graph, NetworkDescription network)
{
    private readonly Dictionary<string, (string Value, IReadOnlyList<int> Shape)> values = new()
    {
        [NetworkDescription.InputName] = (NetworkDescription.InputName, network.InputShape),
    };

    /// <summary>The name of a layer's output in the graph.</summary>
    public string ValueOf(string layer) => values[layer].Value;

    public void Write(LayerDescription layer)
    {
        ExportedLayer exported = new(graph, layer, [.. layer.Inputs.Select(input => values[input])]) { IsVariable = network.IsVariable };
        values.Add(layer.Name, (LayerTable.Write(exported), layer.OutputShape));
    }
}
