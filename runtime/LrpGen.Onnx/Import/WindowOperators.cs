namespace LrpGen.Onnx.Import;

/// <summary>Convolutions, pools, and the padding before them.</summary>
internal static class WindowOperators
{
    public static Value Convolution(Call call)
    {
        (LayerOutput source, IReadOnlyList<(int, int)> padding) = Source(call);
        Constant weight = call.Floats(1);
        int rank = source.Shape.Count - 1;
        long groups = call.Node.Integer("group", 1);
        if (weight.Shape.Count != rank + 2 || rank is < 1 or > 2)
        {
            throw call.Node.Unsupported($"a weight with {weight.Shape.Count} axes; convolutions over one or two axes are supported");
        }

        int outputs = weight.Shape[0];
        if (groups < 1 || weight.Shape[1] * groups != source.Shape[0] || outputs % groups != 0)
        {
            throw call.Node.Unsupported($"{groups} groups and weights of shape ({string.Join(", ", weight.Shape)}) do not fit {source.Shape[0]} channels");
        }

        Window[] windows = Window.Read(call, [.. source.Shape.Skip(1)], [.. weight.Shape.Skip(2)], padding);
        int[] shape = [outputs, .. windows.Select(window => (int)window.Count)];
        (float[] values, Window[] symmetric) = Widen(call, weight, windows);
        int[] ones = [.. Enumerable.Repeat(1, rank)];
        int[] kernel = [.. symmetric.Select(window => window.Kernel)];
        ImportedLayer layer = new(call.Node, $"Conv{rank}d", [source.Layer],
        [
            $"{outputs}",
            .. CSharp.Sizes(kernel),
            .. CSharp.Axes("Stride", [.. symmetric.Select(window => window.Stride)], ones),
            .. CSharp.Axes("Padding", [.. symmetric.Select(window => window.Begin)], new int[rank]),
            .. CSharp.Axes("Dilation", [.. symmetric.Select(window => window.Dilation)], ones),
            .. groups == 1 ? [] : new[] { $"Groups = {groups}" },
        ])
        {
            TensorName = weight.Name,
        };
        layer.Add("weight", [outputs, weight.Shape[1], .. kernel], values);
        if (call.OptionalFloats(2) is { } bias)
        {
            layer.Add("bias", [outputs], bias.Count == outputs ? bias.Floats! : throw call.Node.Unsupported($"a bias of {bias.Count} elements"));
        }

        return call.Layers.Add(layer, source, shape);
    }

    public static Value MaxPool(Call call)
    {
        (LayerOutput source, IReadOnlyList<(int, int)> padding) = Source(call);
        if (padding.Any(zeros => zeros != (0, 0)) && (source.Layer < 0 || !call.Layers[source].IsNonNegative))
        {
            throw call.Node.Unsupported("its input is padded with zeros, which could be the largest values");
        }

        Window[] windows = Windows(call, source, padding);
        return Pool(call, "MaxPool", source, windows);
    }

    public static Value AveragePool(Call call)
    {
        (LayerOutput source, IReadOnlyList<(int Begin, int End)> padding) = Source(call);
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

    public static Value GlobalPool(Call call, string kind)
    {
        LayerOutput source = call.ChannelsFirst(0);
        int[] size = [.. source.Shape.Skip(1)];
        if (size.Length == 0)
        {
            throw call.Node.Unsupported("its input has no spatial axes");
        }

        return kind == "MaxPool"
            ? Pool(call, kind, source, [.. size.Select(input => new Window(input, input, input, 1, 0, 0, CeilMode: false))])
            : AdaptiveAveragePool(call, source, [.. size.Select(_ => 1)]);
    }

    /// <summary>Means over spatial axes.</summary>
    public static Value ReduceMean(Call call)
    {
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int[] given = call.Integers(1, "axes") ?? [];
        if (given.Length == 0 && call.Node.Integer("noop_with_empty_axes", 0) == 1)
        {
            return source;
        }

        int[] axes = call.OwnAxes(source, given.Length > 0 ? given : [.. Enumerable.Range(0, rank)]);
        if (source.Shape.Count == 1 || axes.Contains(0))
        {
            throw call.Node.Unsupported("it takes the mean of channels; means over spatial axes are supported");
        }

        LayerOutput mean = AdaptiveAveragePool(call, source, [.. source.Shape.Index().Skip(1).Select(axis => axes.Contains(axis.Index) ? 1 : axis.Item)]);
        return call.Node.Integer("keepdims", 1) == 1 ? mean
            : axes.Distinct().Count() == source.Shape.Count - 1 ? ShapeOperators.Flatten(call, mean)
            : throw call.Node.Unsupported("it leaves a spatial axis and drops another");
    }

    public static Value Pad(Call call)
    {
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int[] pads = call.Integers(1, "pads") ?? throw call.Node.Unsupported("it lacks its padding");
        int[] axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, rank)];
        double value = call.OptionalFloats(2) is { Count: 1 } constant ? constant[0] : call.Node.Number("value", 0);
        if (pads.Length != 2 * axes.Length || call.Node.Text("mode", "constant") != "constant" || value != 0 || pads.Any(zeros => zeros < 0))
        {
            throw call.Node.Unsupported("it does not only add zeros");
        }

        (int Begin, int End)[] padding = new (int, int)[source.Shape.Count - 1];
        foreach ((int index, int axis) in axes.Index().Where(axis => pads[axis.Index] != 0 || pads[axis.Index + axes.Length] != 0))
        {
            int own = call.OwnAxes(source, [axis])[0];
            if (own == 0)
            {
                throw call.Node.Unsupported("it adds channels");
            }

            padding[own - 1] = (pads[index], pads[index + axes.Length]);
        }

        return padding.All(zeros => zeros == (0, 0)) ? source : new Padded(call.Node, source, padding);
    }

    /// <summary>Means of windows that give a fixed size.</summary>
    public static LayerOutput AdaptiveAveragePool(Call call, LayerOutput source, int[] size)
    {
        ImportedLayer layer = new(call.Node, $"AdaptiveAvgPool{size.Length}d", [source.Layer], [.. CSharp.Sizes(size)]) { InputShape = source.Shape };
        return call.Layers.Add(layer, source, [source.Shape[0], .. size]);
    }

    private static (LayerOutput Source, IReadOnlyList<(int, int)> Padding) Source(Call call) => call.Input(0) switch
    {
        Padded padded => (call.ChannelsFirst(padded.Source), padded.Padding),
        _ => (call.ChannelsFirst(0), new (int, int)[Math.Max(0, call.Layer(0).Shape.Count - 1)]),
    };

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

    /// <summary>Makes the padding of a convolution equal on both sides: where it is less, taps of zero are added to the kernel.</summary>
    private static (float[] Values, Window[] Windows) Widen(Call call, Constant weight, Window[] windows)
    {
        if (windows.All(window => window.Begin == window.End))
        {
            return (weight.Floats!, windows);
        }

        int[] added = Array.ConvertAll(windows, window => Math.Abs(window.End - window.Begin) / window.Dilation);
        if (windows.Zip(added).Any(axis =>
            axis.Second > axis.First.Kernel || axis.Second * axis.First.Dilation != Math.Abs(axis.First.End - axis.First.Begin)))
        {
            throw call.Node.Unsupported("its padding before and after the input is too unequal for a kernel with added taps of zero");
        }

        call.Layers.Notes.Add(
            $"{call.Node.Display}: more padding on one side is done by {string.Join("×", added)} taps of zero. Predictions are the same; "
            + "rules that do not weigh by the kernel, such as Flat, see these taps.");
        Window[] widened =
        [
            .. windows.Zip(added, (window, taps) => window with
            {
                Kernel = window.Kernel + taps, Begin = Math.Max(window.Begin, window.End), End = Math.Max(window.Begin, window.End),
            }),
        ];

        // Rows of a 1-D kernel are one.
        (int height, int width) = (windows.Length == 2 ? windows[0].Kernel : 1, windows[^1].Kernel);
        (int newHeight, int newWidth) = (windows.Length == 2 ? widened[0].Kernel : 1, widened[^1].Kernel);
        int top = windows.Length == 2 && windows[0].End > windows[0].Begin ? added[0] : 0;
        int left = windows[^1].End > windows[^1].Begin ? added[^1] : 0;
        int kernels = weight.Count / (height * width);
        float[] values = new float[checked(kernels * newHeight * newWidth)];
        for (int row = 0; row < kernels * height; row++)
        {
            int newRow = (row / height * newHeight) + top + (row % height);
            weight.Floats.AsSpan(row * width, width).CopyTo(values.AsSpan((newRow * newWidth) + left));
        }

        return (values, widened);
    }
}
