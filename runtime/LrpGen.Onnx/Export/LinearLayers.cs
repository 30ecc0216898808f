using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>Linear layers.</summary>
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
}
