using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>Layers that are alike, out and in.</summary>
/// <param name="exports">How each kind of layer is written, by PyTorch's name; a row gives the name of the layer's value.</param>
/// <param name="operators">What each of ONNX's operators computes.</param>
internal sealed class Family(Dictionary<string, Func<ExportedLayer, string>> exports, Dictionary<string, Func<Call, Value>> operators)
{
    public static IReadOnlyList<Family> All =>
    [
        Activations.Family,
        Arithmetic.Family,
        Channels.Family,
        Constants.Family,
        Convolutions.Family,
        Embeddings.Family,
        ExportedAttention.Family,
        Identities.Family,
        Linears.Family,
        Normalizations.Family,
        Padding.Family,
        Pools.Family,
        Recurrences.Family,
        Reductions.Family,
        Resampling.Family,
        Shapes.Family,
        Slices.Family,
    ];

    public IReadOnlyDictionary<string, Func<ExportedLayer, string>> Exports => exports;

    public IReadOnlyDictionary<string, Func<Call, Value>> Operators => operators;
}
