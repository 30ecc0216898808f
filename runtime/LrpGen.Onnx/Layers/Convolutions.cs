using LrpGen.Onnx.Export;
using LrpGen.Onnx.Format;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Convolutions, and transposed ones.</summary>
internal static class Convolutions
{
    public static Family Family { get; } = new(
        new()
        {
            ["Conv1d"] = Convolution,
            ["Conv2d"] = Convolution,
            ["ConvTranspose1d"] = TransposedConvolution,
            ["ConvTranspose2d"] = TransposedConvolution,
        },
        new()
        {
            ["Conv"] = Convolution,
            ["ConvTranspose"] = TransposedConvolution,
        });

    private static string Convolution(ExportedLayer layer) => layer.Whole("Conv", ConvolutionWindow(layer));

    private static string TransposedConvolution(ExportedLayer layer) => layer.Whole(
        "ConvTranspose", [.. ConvolutionWindow(layer), Attribute("output_padding", layer.Integers("output_padding"))]);

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

    private static Value Convolution(Call call)
    {
        (LayerOutput source, IReadOnlyList<(int, int)> padding) = Padding.Source(call);
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

    private static Value TransposedConvolution(Call call)
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
