using LrpGen.Onnx.Layers;

namespace LrpGen.Onnx.Export;

/// <summary>How each kind of layer is written, by PyTorch's name.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Func<ExportedLayer, string>> Rows = Family.All.SelectMany(family => family.Exports).ToDictionary();

    /// <summary>Writes a layer.</summary>
    /// <returns>The name of its value.</returns>
    /// <exception cref="OnnxException">No row is for its kind.</exception>
    public static string Write(ExportedLayer layer) => Rows.TryGetValue(layer.Kind, out Func<ExportedLayer, string>? write)
        ? write(layer)
        : throw new OnnxException($"Layer {layer.Name}: the export does not know {layer.Kind}.");
}
