using LrpGen.Onnx.Format;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>Convolutions and pools.</summary>
internal static class WindowLayers
{
    public static string Convolution(ExportedLayer layer) => layer.Whole("Conv", ConvolutionWindow(layer));

    public static string TransposedConvolution(ExportedLayer layer) => layer.Whole(
        "ConvTranspose", [.. ConvolutionWindow(layer), Attribute("output_padding", layer.Integers("output_padding"))]);

    /// <summary>
    /// Where a last window reaches over the end, ONNX's versions differ in what it counts; so the zeros that count are added before, and what
    /// is added here does not count.
    /// </summary>
    public static string AveragePool(ExportedLayer layer)
    {
        bool countsPadding = layer.Integer("count_include_pad") == 1;
        if (!countsPadding || layer.Integer("ceil_mode") == 0)
        {
            return layer.Whole("AveragePool", [.. Window(layer), Attribute("count_include_pad", countsPadding ? 1 : 0)]);
        }

        int[] padding = layer.Integers("padding");
        int[] onAllAxes = [0, 0, .. padding];
        string padded = layer.Part("Pad", layer.Input, layer.Constant("pads", [.. onAllAxes, .. onAllAxes]));
        int[] size = [.. layer.InputShape.Skip(1).Zip(padding, (input, zeros) => input + (2 * zeros))];
        return layer.Result("AveragePool", [padded], Window(layer, size, new int[padding.Length]));
    }

    /// <summary>An average of all, of windows of one size, or else by two products: rows · x · columns.</summary>
    public static string AdaptiveAveragePool(ExportedLayer layer)
    {
        int[] inputs = [.. layer.InputShape.Skip(1)];
        int[] outputs = [.. layer.OutputShape.Skip(1)];
        if (outputs.All(size => size == 1))
        {
            return layer.Whole("GlobalAveragePool");
        }

        if (EvenWindow(layer) is { } window)
        {
            return layer.Whole("AveragePool", Attribute("kernel_shape", window), Attribute("strides", window));
        }

        string columns = layer.Constant("columns", [inputs[^1], outputs[^1]], AdaptiveWindows.Columns(inputs[^1], outputs[^1]));
        if (inputs.Length == 1)
        {
            return layer.Result("MatMul", layer.Input, columns);
        }

        string rows = layer.Constant("rows", [outputs[0], inputs[0]], AdaptiveWindows.Rows(inputs[0], outputs[0]));
        return layer.Result("MatMul", rows, layer.Part("MatMul", layer.Input, columns));
    }

    /// <summary>The largest of all, or of windows of one size.</summary>
    public static string AdaptiveMaxPool(ExportedLayer layer) =>
        layer.OutputShape.Skip(1).All(size => size == 1) ? layer.Whole("GlobalMaxPool")
        : EvenWindow(layer) is { } window ? layer.Whole("MaxPool", Attribute("kernel_shape", window), Attribute("strides", window))
        : throw new OnnxException(
            $"Layer {layer.Name}: ONNX has no {layer.Kind} from ({string.Join(", ", layer.InputShape)}) to "
            + $"({string.Join(", ", layer.OutputShape)}).");

    /// <summary>Size, stride and padding of a pool's windows.</summary>
    public static IEnumerable<AttributeProto> Window(ExportedLayer layer) => Window(layer, [.. layer.InputShape.Skip(1)], layer.Integers("padding"));

    /// <summary>
    /// Size, stride and padding of a pool's windows. Instead of ONNX's ceil_mode, of which its versions differ, the end is padded as far as the
    /// last window reaches.
    /// </summary>
    private static IEnumerable<AttributeProto> Window(ExportedLayer layer, int[] inputs, int[] padding)
    {
        int[] kernel = layer.Integers("kernel_size");
        int[] stride = layer.Integers("stride");
        IEnumerable<int> ends = inputs.Select((input, axis) =>
            Math.Max(padding[axis], ((layer.OutputShape[axis + 1] - 1) * stride[axis]) + kernel[axis] - input - padding[axis]));
        return [Attribute("kernel_shape", kernel), Attribute("strides", stride), Attribute("pads", [.. padding, .. ends])];
    }

    private static IEnumerable<AttributeProto> ConvolutionWindow(ExportedLayer layer)
    {
        int[] padding = layer.Integers("padding");
        return
        [
            Attribute("kernel_shape", layer.Integers("kernel_size")),
            Attribute("strides", layer.Integers("stride")),
            Attribute("pads", [.. padding, .. padding]),
            Attribute("dilations", layer.Integers("dilation")),
            Attribute("group", layer.Integer("groups")),
        ];
    }

    /// <summary>The size of the windows of an adaptive pool; null if they are of several sizes.</summary>
    private static int[]? EvenWindow(ExportedLayer layer)
    {
        (int Input, int Output)[] axes = [.. layer.InputShape.Zip(layer.OutputShape).Skip(1)];
        return axes.All(axis => axis.Input % axis.Output == 0) ? [.. axes.Select(axis => axis.Input / axis.Output)] : null;
    }
}
