using LrpGen.Generator.Declarations;
using LrpGen.Generator.Layers;

namespace LrpGen.Generator.Parsing;

/// <summary>
/// The layers that can be declared: one row for each, by PyTorch's name; those of activations are beside them. A parse gives null after it
/// reported a fault.
/// </summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Func<LayerDeclaration, ParsedLayer?>> ButActivations = new()
    {
        ["Embedding"] = Embedding.Parse,
        ["PositionEmbedding"] = PositionEmbedding.Parse,
        ["TokenTypeEmbedding"] = TokenTypeEmbedding.Parse,
        ["RotaryEmbedding"] = RotaryEmbedding.Parse,
        ["ClassToken"] = ClassToken.Parse,
        ["Linear"] = Linear.Parse,
        ["Conv1d"] = layer => Convolution.Parse(layer, rank: 2),
        ["Conv2d"] = layer => Convolution.Parse(layer, rank: 3),
        ["MaxPool1d"] = layer => MaxPool.Parse(layer, rank: 2),
        ["MaxPool2d"] = layer => MaxPool.Parse(layer, rank: 3),
        ["AvgPool1d"] = layer => AveragePool.Parse(layer, rank: 2),
        ["AvgPool2d"] = layer => AveragePool.Parse(layer, rank: 3),
        ["AdaptiveAvgPool1d"] = layer => AveragePool.ParseAdaptive(layer, rank: 2),
        ["AdaptiveAvgPool2d"] = layer => AveragePool.ParseAdaptive(layer, rank: 3),
        ["AdaptiveMaxPool1d"] = layer => MaxPool.ParseAdaptive(layer, rank: 2),
        ["AdaptiveMaxPool2d"] = layer => MaxPool.ParseAdaptive(layer, rank: 3),
        ["BatchNorm1d"] = layer => BatchNorm.Parse(layer, 1, 2),
        ["BatchNorm2d"] = layer => BatchNorm.Parse(layer, 3),
        ["LayerNorm"] = Normalization.ParseLayer,
        ["RMSNorm"] = Normalization.ParseRms,
        ["GroupNorm"] = Normalization.ParseGroup,
        ["InstanceNorm1d"] = layer => Normalization.ParseInstance(layer, rank: 2),
        ["InstanceNorm2d"] = layer => Normalization.ParseInstance(layer, rank: 3),
        ["Normalize"] = UnitNorm.Parse,
        ["Flatten"] = Reshape.ParseFlatten,
        ["Add"] = Add.Parse,
        ["Concat"] = Concat.Parse,
        ["Dropout"] = Identity.ParseDropout,
        ["Identity"] = Identity.Parse,
        ["Softmax"] = Softmax.Parse,
        ["Permute"] = Permute.Parse,
        ["Transpose"] = Permute.ParseTranspose,
        ["Reshape"] = Reshape.Parse,
        ["Select"] = Narrow.ParseSelect,
        ["Narrow"] = Narrow.Parse,
        ["Mean"] = Mean.Parse,
        ["Max"] = Max.Parse,
        ["ConvTranspose1d"] = layer => TransposedConvolution.Parse(layer, rank: 2),
        ["ConvTranspose2d"] = layer => TransposedConvolution.Parse(layer, rank: 3),
        ["Upsample"] = Upsample.Parse,
        ["PixelShuffle"] = PixelShuffle.Parse,
        ["ChannelShuffle"] = ChannelShuffle.Parse,
        ["ZeroPad2d"] = layer => Pad2d.Parse(layer, reflects: false),
        ["ReflectionPad2d"] = layer => Pad2d.Parse(layer, reflects: true),
        ["MatMul"] = MatMul.Parse,
        ["MultiheadAttention"] = MultiheadAttention.Parse,
        ["ScaledDotProductAttention"] = Attention.Parse,
        ["Multiply"] = Multiply.Parse,
        ["LSTM"] = RecurrentLayer.ParseLstm,
        ["GRU"] = RecurrentLayer.ParseGru,
        ["RNN"] = RecurrentLayer.ParseRnn,
        ["LayerScale"] = LayerScale.Parse,
        ["PReLU"] = PReLU.Parse,
    };

    private static readonly Dictionary<string, Func<LayerDeclaration, ParsedLayer?>> Parsers =
        Activation.Rows.Concat(ButActivations).ToDictionary(row => row.Key, row => row.Value);

    /// <summary>PyTorch's names of all layers.</summary>
    public static IEnumerable<string> Kinds => Parsers.Keys;

    /// <summary>Parses a layer; null if it has a fault.</summary>
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (!Parsers.TryGetValue(layer.Kind, out Func<LayerDeclaration, ParsedLayer?>? parse))
        {
            layer.Fault(Descriptors.UnknownLayer, null, layer.Kind);
            return null;
        }

        ParsedLayer? parsed = parse(layer);
        return layer.Arguments.Valid ? parsed : null;
    }
}
