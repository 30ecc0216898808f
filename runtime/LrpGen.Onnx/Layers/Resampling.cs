using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Layers that make images larger, or move channels.</summary>
internal static class Resampling
{
    public static Family Family { get; } = new(
        new()
        {
            ["Upsample"] = Upsample,
            ["PixelShuffle"] = PixelShuffle,
            ["ChannelShuffle"] = ChannelShuffle,
        },
        new()
        {
            ["Resize"] = Upsample,
            ["DepthToSpace"] = PixelShuffle,
        });

    /// <summary>Nearest positions as PyTorch takes them, or linear ones between centres of pixels.</summary>
    private static string Upsample(ExportedLayer layer)
    {
        bool isLinear = layer.Integer("bilinear") == 1;
        float[] scales = [1, 1, .. layer.InputShape.Skip(1).Select(_ => (float)layer.Number("scale_factor"))];
        return layer.Result(
            "Resize",
            [layer.Input, "", layer.Constant("scales", [scales.Length], scales)],
            Attribute("mode", isLinear ? "linear" : "nearest"),
            Attribute("coordinate_transformation_mode", isLinear ? "half_pixel" : "asymmetric"),
            Attribute("nearest_mode", "floor"));
    }

    private static Value Upsample(Call call)
    {
        LayerOutput source = call.Natural(0);
        int rank = source.Shape.Count + 1;
        if (rank is < 3 or > 4)
        {
            throw call.Node.Unsupported($"its input has {rank - 2} spatial axes, of which one or two are supported");
        }

        double[] scales = Scales(call, source);
        if (scales.Length != rank || scales[0] != 1 || scales[1] != 1 || scales.Skip(2).Distinct().Count() != 1 || !(scales[^1] >= 1)
            || scales[^1] % 1 != 0)
        {
            throw call.Node.Unsupported(
                $"it scales by ({string.Join(", ", scales.Select(CSharp.Number))}); one whole number for all spatial axes is supported");
        }

        int scale = checked((int)scales[^1]);
        LayerOutput output = call.Layers.Add(
            call.Node, "Upsample", source, [source.Shape[0], .. source.Shape.Skip(1).Select(size => checked(size * scale))],
            [$"{scale}", .. IsLinear(call) ? ["Mode = UpsampleMode.Bilinear"] : Array.Empty<string>()]);
        return output;
    }

    /// <summary>Whether positions between pixels are interpolated as PyTorch does; otherwise the nearest pixel is taken, as PyTorch does.</summary>
    private static bool IsLinear(Call call)
    {
        string coordinates = call.Node.Text("coordinate_transformation_mode", "half_pixel");

        // They differ only for an output of one pixel, which has one input then.
        bool isHalfPixel = coordinates is "half_pixel" or "pytorch_half_pixel";
        string rounding = call.Node.Text("nearest_mode", "round_prefer_floor");
        return call.Node.Text("mode", "nearest") switch
        {
            "linear" when isHalfPixel => true,
            "nearest" when coordinates == "asymmetric" && rounding == "floor" => false,

            // With whole scales, no centre of a pixel lies just between two.
            "nearest" when isHalfPixel && rounding.StartsWith("round", StringComparison.Ordinal) => false,
            string mode => throw call.Node.Unsupported($"mode {mode} with {coordinates} and {rounding} is not PyTorch's nearest or bilinear"),
        };
    }

    private static double[] Scales(Call call, LayerOutput source)
    {
        // Operator set 10 has no region of interest.
        if (call.OptionalFloats(call.OperatorSet < 11 ? 1 : 2) is { Count: > 0 } scales)
        {
            return Array.ConvertAll(scales.Floats!, scale => (double)scale);
        }

        int[] sizes = call.Integers(3, "") ?? throw call.Node.Unsupported("it lacks scales and sizes");
        return sizes.Length == source.GraphShape.Count
            ? [.. sizes.Zip(source.GraphShape, (size, given) => (double)size / given)]
            : throw call.Node.Unsupported($"it has sizes for {sizes.Length} axes");
    }

    private static string PixelShuffle(ExportedLayer layer) =>
        layer.Whole("DepthToSpace", Attribute("blocksize", layer.Integer("upscale_factor")), Attribute("mode", "CRD"));

    private static Value PixelShuffle(Call call)
    {
        LayerOutput source = call.Natural(0);
        long factor = call.Node.Integer("blocksize", 0);
        if (source.Shape is not [int channels, int height, int width] || factor is < 1 or > 1 << 14 || channels % (factor * factor) != 0)
        {
            throw call.Node.Unsupported($"blocks of {factor} do not fit ({string.Join(", ", source.GraphShape)})");
        }

        if (call.Node.Text("mode", "DCR") != "CRD" && channels > factor * factor)
        {
            throw call.Node.Unsupported("its mode is not CRD, which PyTorch's is");
        }

        int size = (int)factor;
        int[] shape = [channels / (size * size), checked(height * size), checked(width * size)];
        return call.Layers.Add(call.Node, "PixelShuffle", source, shape, $"{size}");
    }

    /// <summary>Channels as groups × channels of a group, exchanged.</summary>
    private static string ChannelShuffle(ExportedLayer layer)
    {
        int groups = layer.Integer("groups");
        int[] rest = [.. layer.InputShape.Skip(1)];
        string grouped = layer.Part("Reshape", layer.Input, layer.Constant("groups", [-1, groups, layer.InputShape[0] / groups, .. rest]));
        string exchanged = layer.Part("Transpose", [grouped], Attribute("perm", [0, 2, 1, .. Enumerable.Range(3, rest.Length)]));
        return layer.Result("Reshape", exchanged, layer.Constant("shape", [-1, .. layer.InputShape]));
    }

    /// <summary>The shuffle of channels that were reshaped to groups, exchanged with the channels of a group, and back; null if it is none.</summary>
    public static LayerOutput? Shuffled(Call call, LayerOutput source, int[] shape) =>
        source is { Layer: >= 0, Shape: [int groups, _, ..], Axes: [1, 0, ..] }
        && source.Axes.Skip(2).SequenceEqual(Enumerable.Range(2, source.Axes.Count - 2))
        && call.Layers[source] is { Kind: "Reshape", InputShape: { } before } grouped && before.SequenceEqual(shape)
        && shape.Length is 2 or 3 && shape[1..].SequenceEqual(source.Shape.Skip(2))
            ? call.Layers.Add(
                new ImportedLayer(call.Node, "ChannelShuffle", grouped.Inputs, [$"{groups}"]), new LayerOutput(grouped.Inputs[0], shape), shape)
            : null;
}
