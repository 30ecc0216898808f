using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>How each kind of layer is written: one row for each, by PyTorch's name. A row gives the name of the layer's value.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Func<ExportedLayer, string>> Rows = new()
    {
        ["Linear"] = LinearLayers.Linear,
        ["LayerScale"] = layer => layer.Result("Mul", layer.Input, layer.Tensors[0].Name),
        ["Conv1d"] = WindowLayers.Convolution,
        ["Conv2d"] = WindowLayers.Convolution,
        ["ConvTranspose1d"] = WindowLayers.TransposedConvolution,
        ["ConvTranspose2d"] = WindowLayers.TransposedConvolution,
        ["MaxPool1d"] = layer => layer.Whole("MaxPool", WindowLayers.Window(layer)),
        ["MaxPool2d"] = layer => layer.Whole("MaxPool", WindowLayers.Window(layer)),
        ["AvgPool1d"] = WindowLayers.AveragePool,
        ["AvgPool2d"] = WindowLayers.AveragePool,
        ["AdaptiveAvgPool1d"] = WindowLayers.AdaptiveAveragePool,
        ["AdaptiveAvgPool2d"] = WindowLayers.AdaptiveAveragePool,
        ["AdaptiveMaxPool1d"] = WindowLayers.AdaptiveMaxPool,
        ["AdaptiveMaxPool2d"] = WindowLayers.AdaptiveMaxPool,
        ["BatchNorm1d"] = layer => layer.Whole("BatchNormalization", Attribute("epsilon", layer.Number("eps"))),
        ["BatchNorm2d"] = layer => layer.Whole("BatchNormalization", Attribute("epsilon", layer.Number("eps"))),
        ["LayerNorm"] = NormalizationLayers.LayerNorm,
        ["RMSNorm"] = NormalizationLayers.RmsNorm,
        ["GroupNorm"] = NormalizationLayers.GroupNorm,
        ["InstanceNorm1d"] = NormalizationLayers.InstanceNorm,
        ["InstanceNorm2d"] = NormalizationLayers.InstanceNorm,
        ["Normalize"] = layer => layer.Whole("LpNormalization", Attribute("axis", -1), Attribute("p", 2)),
        ["Add"] = layer => Broadcast(layer, layer.Inputs.Count == 2 ? "Add" : "Sum"),
        ["Multiply"] = layer => Broadcast(layer, "Mul"),
        ["MatMul"] = LinearLayers.MatMul,
        ["Concat"] = layer => layer.Whole("Concat", Attribute("axis", layer.Has("dim") ? layer.Axis("dim") : 1)),
        ["Dropout"] = layer => layer.Whole("Dropout"),
        ["Identity"] = layer => layer.Whole("Identity"),
        ["ReLU"] = layer => layer.Whole("Relu"),
        ["ReLU6"] = layer => layer.Result("Clip", layer.Input, layer.Scalar(0), layer.Scalar(6)),
        ["LeakyReLU"] = layer => layer.Whole("LeakyRelu", Attribute("alpha", layer.Number("negative_slope"))),
        ["PReLU"] = ActivationLayers.PRelu,
        ["ELU"] = layer => layer.Whole("Elu", Attribute("alpha", layer.Number("alpha"))),
        ["CELU"] = layer => layer.Whole("Celu", Attribute("alpha", layer.Number("alpha"))),
        ["SELU"] = layer => layer.Whole("Selu"),
        ["GELU"] = layer => layer.Has("approximate") ? ActivationLayers.GeluTanh(layer) : ActivationLayers.Gelu(layer),
        ["SiLU"] = layer => layer.Result("Mul", layer.Input, layer.Part("Sigmoid", layer.Input)),
        ["Mish"] = layer => layer.Result("Mul", layer.Input, layer.Part("Tanh", layer.Part("Softplus", layer.Input))),
        ["Sigmoid"] = layer => layer.Whole("Sigmoid"),
        ["LogSigmoid"] = layer => layer.Result("Neg", layer.Part("Softplus", layer.Part("Neg", layer.Input))),
        ["Tanh"] = layer => layer.Whole("Tanh"),
        ["Softsign"] = layer => layer.Whole("Softsign"),
        ["Softplus"] = ActivationLayers.Softplus,
        ["Hardswish"] = layer => layer.Whole("HardSwish"),
        ["Hardsigmoid"] = layer => layer.Whole("HardSigmoid", Attribute("alpha", 1 / 6.0), Attribute("beta", 0.5)),
        ["Hardtanh"] = layer => layer.Result(
            "Clip", layer.Input, layer.Scalar(layer.Number("min_val")), layer.Scalar(layer.Number("max_val"))),
        ["Softmax"] = layer => layer.Whole("Softmax", Attribute("axis", layer.Axis("dim"))),
        ["Flatten"] = ShapeLayers.Reshape,
        ["Reshape"] = ShapeLayers.Reshape,
        ["Permute"] = ShapeLayers.Permute,
        ["Transpose"] = ShapeLayers.Permute,
        ["Select"] = layer => layer.Result("Gather", [layer.Input, layer.Index(layer.Integer("index"))], Attribute("axis", layer.Axis("dim"))),
        ["Narrow"] = ShapeLayers.Narrow,
        ["Mean"] = layer => layer.Result("ReduceMean", [layer.Input], Attribute("axes", [layer.Axis("dim")]), Attribute("keepdims", 0)),
        ["Max"] = layer => layer.Result("ReduceMax", [layer.Input], Attribute("axes", [layer.Axis("dim")]), Attribute("keepdims", 0)),
        ["Upsample"] = ShapeLayers.Upsample,
        ["PixelShuffle"] = layer => layer.Whole(
            "DepthToSpace", Attribute("blocksize", layer.Integer("upscale_factor")), Attribute("mode", "CRD")),
        ["ChannelShuffle"] = ShapeLayers.ChannelShuffle,
        ["ZeroPad2d"] = layer => ShapeLayers.Pad(layer, "constant"),
        ["ReflectionPad2d"] = layer => ShapeLayers.Pad(layer, "reflect"),
    };

    // ONNX adds axes in front, where the batch is: a lower rank gets its own behind that.
    private static string Broadcast(ExportedLayer layer, string op)
    {
        int rank = layer.Inputs.Max(input => input.Shape.Count);
        return layer.Result(op, layer.Inputs.Select((input, index) =>
        {
            int lacking = rank - input.Shape.Count;
            return lacking == 0
                ? input.Value
                : layer.Part("Reshape", input.Value, layer.Constant($"shape{index}", [-1, .. Enumerable.Repeat(1, lacking), .. input.Shape]));
        }));
    }

    /// <summary>Writes a layer.</summary>
    /// <exception cref="OnnxException">No row is for its kind.</exception>
    public static string Write(ExportedLayer layer) => Rows.TryGetValue(layer.Kind, out Func<ExportedLayer, string>? write)
        ? write(layer)
        : throw new OnnxException($"Layer {layer.Name}: the export does not know {layer.Kind}.");
}
