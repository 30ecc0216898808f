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
            throw call.Node.Unsupported(
                $"{groups} groups and weights of shape ({string.Join(", ", weight.Shape)}) do not fit {source.Shape[0]} channels");
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
            source = call.Natural(call.Layers.LayerOf(call.Input(0)));
            padding = new (int, int)[padding.Count];
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
        LayerOutput source = call.Natural(0);
        int[] size = [.. source.Shape.Skip(1)];
        if (size.Length is < 1 or > 2)
        {
            throw call.Node.Unsupported($"its input has {size.Length} spatial axes, of which one or two are supported");
        }

        return AdaptivePool(call, kind, source, [.. size.Select(_ => 1)]);
    }

    public static Value Pad(Call call)
    {
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int[] pads = call.Integers(1, "pads") ?? throw call.Node.Unsupported("it lacks its padding");
        int[] axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, rank)];
        double value = call.OptionalFloats(2) is { Count: 1 } constant ? constant[0] : call.Node.Number("value", 0);
        string mode = call.Node.Text("mode", "constant");
        if (pads.Length != 2 * axes.Length || (mode == "constant" ? value != 0 : mode != "reflect") || pads.Any(positions => positions < 0))
        {
            throw call.Node.Unsupported("it does more than adding zeros or a reflection");
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

        return padding.All(positions => positions == (0, 0)) ? source
            : mode == "constant" ? new Padded(call.Node, source, padding)
            : padding.Zip(source.Shape.Skip(1)).All(axis => Math.Max(axis.First.Begin, axis.First.End) < axis.Second)
            ? Pad(call.Layers, call.Node, "ReflectionPad2d", source, padding)
            : throw call.Node.Unsupported("it reflects more than there is");
    }

    public static Value TransposedConvolution(Call call)
    {
        LayerOutput source = call.Natural(0);
        Constant weight = call.Floats(1);
        int rank = source.Shape.Count - 1;
        int groups = (int)Math.Clamp(call.Node.Integer("group", 1), 0, int.MaxValue);
        if (rank is < 1 or > 2 || weight.Shape.Count != rank + 2 || groups < 1 || weight.Shape[0] != source.Shape[0] || weight.Shape[0] % groups != 0)
        {
            throw call.Node.Unsupported(
                $"{groups} groups and weights of shape ({string.Join(", ", weight.Shape)}) do not fit {source.Shape[0]} channels");
        }

        int[] ones = [.. Enumerable.Repeat(1, rank)];
        int[] kernel = [.. weight.Shape.Skip(2)];
        int[] strides = call.Node.Integers("strides") ?? ones;
        int[] dilations = call.Node.Integers("dilations") ?? ones;
        int[] pads = call.Node.Integers("pads") ?? new int[2 * rank];
        int[] added = call.Node.Integers("output_padding") ?? new int[rank];
        if (strides.Length != rank || dilations.Length != rank || pads.Length != 2 * rank || added.Length != rank
            || kernel.Concat(strides).Concat(dilations).Any(value => value < 1) || pads.Concat(added).Any(value => value < 0)
            || !pads.Take(rank).SequenceEqual(pads.Skip(rank)) || call.Node.Text("auto_pad", "NOTSET") != "NOTSET" || call.Node.Has("output_shape"))
        {
            throw call.Node.Unsupported("its padding is not the same on both sides, or its attributes are out of range");
        }

        int outputs = checked(weight.Shape[1] * groups);
        int[] shape = new int[rank + 1];
        shape[0] = outputs;
        for (int axis = 0; axis < rank; axis++)
        {
            long unpadded = ((source.Shape[axis + 1] - 1L) * strides[axis]) + ((kernel[axis] - 1L) * dilations[axis]) + 1 + added[axis];
            shape[axis + 1] = checked((int)(unpadded - (2L * pads[axis])));
            if (shape[axis + 1] < 1 || added[axis] >= Math.Max(strides[axis], dilations[axis]))
            {
                throw call.Node.Unsupported("its padding leaves nothing, or what is added is more than its stride");
            }
        }

        ImportedLayer layer = new(call.Node, $"ConvTranspose{rank}d", [source.Layer],
        [
            $"{outputs}",
            .. CSharp.Sizes(kernel),
            .. CSharp.Axes("Stride", strides, ones),
            .. CSharp.Axes("Padding", [.. pads.Take(rank)], new int[rank]),
            .. CSharp.Axes("OutputPadding", added, new int[rank]),
            .. CSharp.Axes("Dilation", dilations, ones),
            .. groups == 1 ? [] : new[] { $"Groups = {groups}" },
        ])
        {
            TensorName = weight.Name,
        };
        layer.Add("weight", weight.Shape, weight.Floats!);
        if (call.OptionalFloats(2) is { } bias)
        {
            layer.Add("bias", [outputs], bias.Count == outputs ? bias.Floats! : throw call.Node.Unsupported($"a bias of {bias.Count} elements"));
        }

        return call.Layers.Add(layer, source, shape);
    }

    /// <summary>Zeros around an image as a layer.</summary>
    /// <exception cref="UnsupportedException">It is no image.</exception>
    public static LayerOutput ZeroPad(LayerList layers, Padded padded) => Pad(layers, padded.Node, "ZeroPad2d", padded.Source, padded.Padding);

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

    private static LayerOutput Pad(
        LayerList layers, Node node, string kind, LayerOutput source, IReadOnlyList<(int Begin, int End)> padding)
    {
        if (source.Shape is not [int channels, int height, int width])
        {
            throw node.Unsupported("it pads what is no image, and no convolution or pool takes that in");
        }

        ((int top, int bottom), (int left, int right)) = (padding[0], padding[1]);
        int[] around = [left, right, top, bottom];
        string[] arguments = around.Distinct().Count() == 1 ? [$"{left}"] : [.. around.Select(positions => $"{positions}")];
        return layers.Add(node, kind, source, [channels, checked(height + top + bottom), checked(width + left + right)], arguments);
    }

    private static (LayerOutput Source, IReadOnlyList<(int, int)> Padding) Source(Call call) => call.Input(0) switch
    {
        Padded padded => (call.Natural(padded.Source), padded.Padding),
        _ => (call.Natural(0), new (int, int)[Math.Max(0, call.Layer(0).Shape.Count - 1)]),
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
