using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>Layers that move elements.</summary>
internal static class ShapeLayers
{
    public static string Reshape(ExportedLayer layer)
    {
        int[] shape = layer.Integers("shape");
        return shape.Length == 1
            ? layer.Whole("Flatten", Attribute("axis", 1))
            : layer.Result("Reshape", layer.Input, layer.Constant("shape", [-1, .. shape]));
    }

    public static string Permute(ExportedLayer layer) =>
        layer.Whole("Transpose", Attribute("perm", [0, .. layer.Integers("dims").Select(dim => dim + 1)]));

    public static string Narrow(ExportedLayer layer)
    {
        int start = layer.Integer("start");
        return layer.Result(
            "Slice",
            layer.Input,
            layer.Constant("starts", [start]),
            layer.Constant("ends", [start + layer.Integer("length")]),
            layer.Constant("axes", [layer.Axis("dim")]));
    }

    /// <summary>Nearest positions as PyTorch takes them, or linear ones between centres of pixels.</summary>
    public static string Upsample(ExportedLayer layer)
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

    /// <summary>Channels as groups × channels of a group, exchanged.</summary>
    public static string ChannelShuffle(ExportedLayer layer)
    {
        int groups = layer.Integer("groups");
        int[] rest = [.. layer.InputShape.Skip(1)];
        string grouped = layer.Part("Reshape", layer.Input, layer.Constant("groups", [-1, groups, layer.InputShape[0] / groups, .. rest]));
        string exchanged = layer.Part("Transpose", [grouped], Attribute("perm", [0, 2, 1, .. Enumerable.Range(3, rest.Length)]));
        return layer.Result("Reshape", exchanged, layer.Constant("shape", [-1, .. layer.InputShape]));
    }

    public static string Pad(ExportedLayer layer, string mode)
    {
        int[] around = layer.Integers("padding");
        (int left, int right, int top, int bottom) = (around[0], around[1], around[2], around[3]);
        string pads = layer.Constant("pads", [0, 0, top, left, 0, 0, bottom, right]);
        return layer.Result("Pad", [layer.Input, pads], Attribute("mode", mode));
    }
}
