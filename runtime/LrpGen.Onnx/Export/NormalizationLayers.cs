using LrpGen.Onnx.Format;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>Normalisation by the statistics of a region of the input.</summary>
internal static class NormalizationLayers
{
    public static string LayerNorm(ExportedLayer layer)
    {
        int[] shape = layer.Integers("normalized_shape");
        string scale = layer.Tensor("weight") ?? layer.Constant("ones", shape, Repeat(shape.Aggregate(1, (product, size) => product * size), 1));
        string[] read = [layer.Input, scale, .. layer.Tensor("bias") is { } bias ? [bias] : Array.Empty<string>()];
        return layer.Result("LayerNormalization", read, Attribute("axis", -shape.Length), Epsilon(layer));
    }

    /// <summary>w a / √(mean of a² + ε).</summary>
    public static string RmsNorm(ExportedLayer layer)
    {
        string a = layer.Input;
        string mean = layer.Part("ReduceMean", [layer.Part("Mul", a, a)], Attribute("axes", [-1]));
        string deviation = layer.Part("Sqrt", layer.Part("Add", mean, layer.Scalar(layer.Number("eps"))));
        return layer.Result("Mul", layer.Part("Div", a, deviation), layer.Tensor("weight")!);
    }

    public static string InstanceNorm(ExportedLayer layer)
    {
        int channels = layer.InputShape[0];
        string[] read =
        [
            layer.Input,
            layer.Tensor("weight") ?? layer.Constant("ones", [channels], Repeat(channels, 1)),
            layer.Tensor("bias") ?? layer.Constant("zeros", [channels], Repeat(channels, 0)),
        ];
        return layer.Result("InstanceNormalization", read, Epsilon(layer));
    }

    /// <summary>Groups are instances of one channel each.</summary>
    public static string GroupNorm(ExportedLayer layer)
    {
        int groups = layer.Integer("num_groups");
        string grouped = layer.Part("Reshape", layer.Input, layer.Constant("groups", [0, groups, -1]));
        string[] read = [grouped, layer.Constant("ones", [groups], Repeat(groups, 1)), layer.Constant("zeros", [groups], Repeat(groups, 0))];
        string normalized = layer.Part("InstanceNormalization", read, Epsilon(layer));
        string shape = layer.Constant("shape", [-1, .. layer.InputShape]);
        if (layer.Tensor("weight") is not { } weight)
        {
            return layer.Result("Reshape", normalized, shape);
        }

        string image = layer.Part("Reshape", normalized, shape);
        string perChannel = layer.Constant("channels", [-1, .. layer.InputShape.Skip(1).Select(_ => 1)]);
        string scaled = layer.Part("Mul", image, layer.Part("Reshape", weight, perChannel));
        return layer.Result("Add", scaled, layer.Part("Reshape", layer.Tensor("bias")!, perChannel));
    }

    private static AttributeProto Epsilon(ExportedLayer layer) => Attribute("epsilon", layer.Number("eps"));

    private static float[] Repeat(int count, float value) => [.. Enumerable.Repeat(value, count)];
}
