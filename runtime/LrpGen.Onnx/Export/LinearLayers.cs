using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>Linear layers, and products of two values.</summary>
internal static class LinearLayers
{
    /// <summary>A vector's is one operator; along the last axis of anything else it is a product with the transposed weights, and a sum.</summary>
    public static string Linear(ExportedLayer layer)
    {
        if (layer.InputShape.Count == 1)
        {
            return layer.Whole("Gemm", Attribute("transB", 1));
        }

        string transposed = layer.Part("Transpose", [layer.Tensor("weight")!], Attribute("perm", [1, 0]));
        return layer.Tensor("bias") is { } bias
            ? layer.Result("Add", layer.Part("MatMul", layer.Input, transposed), bias)
            : layer.Result("MatMul", layer.Input, transposed);
    }

    /// <summary>A product of two values, whose heads become an axis of their own for it.</summary>
    public static string MatMul(ExportedLayer layer)
    {
        bool isTransposed = layer.Integer("transpose_b") == 1;
        (string a, string b) = (layer.Inputs[0].Value, layer.Inputs[1].Value);
        if (!layer.Has("heads"))
        {
            int rank = layer.InputShape.Count + 1;
            int[] exchanged = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
            return layer.Result("MatMul", a, isTransposed ? layer.Part("Transpose", [b], Attribute("perm", exchanged)) : b);
        }

        if (isTransposed)
        {
            return layer.Result("MatMul", OfHeads(layer, 0, [0, 2, 1, 3]), OfHeads(layer, 1, [0, 2, 3, 1]));
        }

        string product = layer.Part("MatMul", a, OfHeads(layer, 1, [0, 2, 1, 3]));
        string rows = layer.Part("Transpose", [product], Attribute("perm", [0, 2, 1, 3]));
        return layer.Result("Reshape", rows, layer.Constant("shape", [-1, .. layer.OutputShape]));
    }

    /// <summary>(T, h·k) as (T, h, k), and then permuted.</summary>
    private static string OfHeads(ExportedLayer layer, int input, int[] permutation)
    {
        (string value, IReadOnlyList<int> shape) = layer.Inputs[input];
        int heads = layer.Integer("heads");
        string grouped = layer.Part("Reshape", value, layer.Constant($"heads{input}", [-1, shape[0], heads, shape[1] / heads]));
        return layer.Part("Transpose", [grouped], Attribute("perm", permutation));
    }
}
