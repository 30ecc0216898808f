using LrpGen.Onnx.Export;
using LrpGen.Onnx.Format;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Pools.</summary>
internal static class Pools
{
    public static Family Family { get; } = new(
        new()
        {
            ["MaxPool1d"] = MaxPool,
            ["MaxPool2d"] = MaxPool,
            ["AvgPool1d"] = AveragePool,
            ["AvgPool2d"] = AveragePool,
            ["AdaptiveAvgPool1d"] = AdaptiveAveragePool,
            ["AdaptiveAvgPool2d"] = AdaptiveAveragePool,
            ["AdaptiveMaxPool1d"] = AdaptiveMaxPool,
            ["AdaptiveMaxPool2d"] = AdaptiveMaxPool,
        },
        new()
        {
            ["MaxPool"] = MaxPool,
            ["AveragePool"] = AveragePool,
            ["GlobalMaxPool"] = call => GlobalPool(call, "Max"),
            ["GlobalAveragePool"] = call => GlobalPool(call, "Avg"),
        });

    private static string MaxPool(ExportedLayer layer) => layer.Whole("MaxPool", WindowAttributes(layer));

    /// <summary>
    /// Where a last window reaches over the end, ONNX's versions differ in what it counts; so the zeros that count are added before, and what
    /// is added here does not count.
    /// </summary>
    private static string AveragePool(ExportedLayer layer)
    {
        bool countsPadding = layer.Integer("count_include_pad") == 1;
        if (!countsPadding || layer.Integer("ceil_mode") == 0)
        {
            return layer.Whole("AveragePool", [.. WindowAttributes(layer), Attribute("count_include_pad", countsPadding ? 1 : 0)]);
        }

        int[] padding = layer.Integers("padding");
        int[] onAllAxes = [0, 0, .. padding];
        string padded = layer.Part("Pad", layer.Input, layer.Constant("pads", [.. onAllAxes, .. onAllAxes]));
        int[] size = [.. layer.InputShape.Skip(1).Zip(padding, (input, zeros) => input + (2 * zeros))];
        return layer.Result("AveragePool", [padded], WindowAttributes(layer, size, new int[padding.Length]));
    }

    /// <summary>An average of all, of windows of one size, or else by two products: rows · x · columns.</summary>
    private static string AdaptiveAveragePool(ExportedLayer layer)
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
    private static string AdaptiveMaxPool(ExportedLayer layer) =>
        layer.OutputShape.Skip(1).All(size => size == 1) ? layer.Whole("GlobalMaxPool")
        : EvenWindow(layer) is { } window ? layer.Whole("MaxPool", Attribute("kernel_shape", window), Attribute("strides", window))
        : throw new OnnxException(
            $"Layer {layer.Name}: ONNX has no {layer.Kind} from ({string.Join(", ", layer.InputShape)}) to "
            + $"({string.Join(", ", layer.OutputShape)}).");

    /// <summary>Size, stride and padding of a pool's windows.</summary>
    private static IEnumerable<AttributeProto> WindowAttributes(ExportedLayer layer) =>
        WindowAttributes(layer, [.. layer.InputShape.Skip(1)], layer.Integers("padding"));

    /// <summary>
    /// Size, stride and padding of a pool's windows. Instead of ONNX's ceil_mode, of which its versions differ, the end is padded as far as the
    /// last window reaches.
    /// </summary>
    private static IEnumerable<AttributeProto> WindowAttributes(ExportedLayer layer, int[] inputs, int[] padding)
    {
        int[] kernel = layer.Integers("kernel_size");
        int[] stride = layer.Integers("stride");
        IEnumerable<int> ends = inputs.Select((input, axis) =>
            Math.Max(padding[axis], ((layer.OutputShape[axis + 1] - 1) * stride[axis]) + kernel[axis] - input - padding[axis]));
        return [Attribute("kernel_shape", kernel), Attribute("strides", stride), Attribute("pads", [.. padding, .. ends])];
    }

    /// <summary>The size of the windows of an adaptive pool; null if they are of several sizes.</summary>
    private static int[]? EvenWindow(ExportedLayer layer)
    {
        (int Input, int Output)[] axes = [.. layer.InputShape.Zip(layer.OutputShape).Skip(1)];
        return axes.All(axis => axis.Input % axis.Output == 0) ? [.. axes.Select(axis => axis.Input / axis.Output)] : null;
    }

    private static Value MaxPool(Call call)
    {
        (LayerOutput source, IReadOnlyList<(int, int)> padding) = Padding.Source(call);
        if (padding.Any(zeros => zeros != (0, 0)) && (source.Layer < 0 || !call.Layers[source].IsNonNegative))
        {
            source = call.Natural(call.Layers.LayerOf(call.Input(0)));
            padding = new (int, int)[padding.Count];
        }

        Window[] windows = Windows(call, source, padding);
        return Pool(call, "MaxPool", source, windows);
    }

    private static Value AveragePool(Call call)
    {
        (LayerOutput source, IReadOnlyList<(int Begin, int End)> padding) = Padding.Source(call);
        Window[] windows = Windows(call, source, padding);
        bool countsOwn = call.Node.Integer("count_include_pad", 0) == 1;
        bool counts(bool all) => windows.Zip(padding).All(axis =>
        {
            (int begin, int end) = countsOwn ? (axis.First.Begin, axis.First.End) : axis.Second;
            return all ? axis.First.Begin == begin && IsSameEnd(axis.First, end, begin) : begin == 0 && IsSameEnd(axis.First, end, 0);
        });
        return counts(all: true) ? Pool(call, "AvgPool", source, windows)
            : counts(all: false) ? Pool(call, "AvgPool", source, windows, "CountIncludePad = false")
            : throw call.Node.Unsupported("it counts some of the padding only");
    }

    private static Value GlobalPool(Call call, string kind)
    {
        LayerOutput source = call.Natural(0);
        int[] size = [.. source.Shape.Skip(1)];
        if (size.Length is < 1 or > 2)
        {
            throw call.Node.Unsupported($"its input has {size.Length} spatial axes, of which one or two are supported");
        }

        return AdaptivePool(call, kind, source, [.. size.Select(_ => 1)]);
    }

    /// <summary>A pool whose windows give a fixed size.</summary>
    /// <param name="call">The node.</param>
    /// <param name="kind">Avg or Max.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="size">Of the output's spatial axes.</param>
    public static LayerOutput AdaptivePool(Call call, string kind, LayerOutput source, int[] size)
    {
        ImportedLayer layer = new(call.Node, $"Adaptive{kind}Pool{size.Length}d", [source.Layer], [.. CSharp.Sizes(size)])
        {
            InputShape = source.Shape,
        };
        return call.Layers.Add(layer, source, [source.Shape[0], .. size]);
    }

    private static Window[] Windows(Call call, LayerOutput source, IReadOnlyList<(int, int)> padding) => Window.Read(
        call,
        [.. source.Shape.Skip(1)],
        call.Node.Integers("kernel_shape") ?? throw call.Node.Unsupported("it lacks its kernel_shape"),
        padding);

    /// <summary>Whether it is the same for all windows if the positions that count end here or there after the input.</summary>
    private static bool IsSameEnd(Window window, int end, int other) => end == other || window.LastEnd <= (long)window.Input + Math.Min(end, other);

    /// <summary>A pool with equal padding on both sides whose windows are the given ones, with or without ceil mode.</summary>
    private static LayerOutput Pool(Call call, string kind, LayerOutput source, Window[] windows, params string[] arguments)
    {
        if (windows.Any(window => window.Dilation != 1))
        {
            throw call.Node.Unsupported("its windows are dilated");
        }

        bool isFloor = windows.All(window => window.Symmetric(ceilMode: false).Count == window.Count);
        bool isCeil = windows.All(window => window.Symmetric(ceilMode: true).Count == window.Count);
        if ((!isFloor && !isCeil) || windows.Any(window => window.Begin > window.Kernel / 2))
        {
            throw call.Node.Unsupported("a pool with equal padding on both sides, at most half a window, has other windows");
        }

        int[] kernel = [.. windows.Select(window => window.Kernel)];
        return call.Layers.Add(call.Node, $"{kind}{windows.Length}d", source, [source.Shape[0], .. windows.Select(window => (int)window.Count)],
        [
            .. CSharp.Sizes(kernel),
            .. CSharp.Axes("Stride", [.. windows.Select(window => window.Stride)], kernel),
            .. CSharp.Axes("Padding", [.. windows.Select(window => window.Begin)], new int[windows.Length]),
            .. isFloor ? [] : new[] { "CeilMode = true" },
            .. arguments,
        ]);
    }
}
