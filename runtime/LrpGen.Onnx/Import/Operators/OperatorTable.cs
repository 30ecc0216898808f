namespace LrpGen.Onnx.Import;

/// <summary>The operators that can be imported: one row for each.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Func<Call, Value>> Operators = new()
    {
        ["Conv"] = WindowOperators.Convolution,
        ["MaxPool"] = WindowOperators.MaxPool,
        ["AveragePool"] = WindowOperators.AveragePool,
        ["GlobalMaxPool"] = call => WindowOperators.GlobalPool(call, "Max"),
        ["GlobalAveragePool"] = call => WindowOperators.GlobalPool(call, "Avg"),
        ["ConvTranspose"] = WindowOperators.TransposedConvolution,
        ["ReduceMean"] = ReductionOperators.Reduce,
        ["ReduceMax"] = ReductionOperators.Reduce,
        ["ReduceL2"] = ReductionOperators.Reduce,
        ["Expand"] = ReductionOperators.Expand,
        ["LayerNormalization"] = NormalizationOperators.LayerNormalization,
        ["InstanceNormalization"] = NormalizationOperators.InstanceNormalization,
        ["LpNormalization"] = NormalizationOperators.UnitNorm,
        ["Resize"] = ResamplingOperators.Resize,
        ["DepthToSpace"] = ResamplingOperators.DepthToSpace,
        ["Pad"] = WindowOperators.Pad,
        ["Gemm"] = LinearOperators.Gemm,
        ["MatMul"] = LinearOperators.MatMul,
        ["BatchNormalization"] = LinearOperators.BatchNorm,
        ["Softmax"] = NormalizationOperators.Softmax,
        ["LogSoftmax"] = NormalizationOperators.Softmax,
        ["Flatten"] = ReshapeOperators.Flatten,
        ["Reshape"] = ReshapeOperators.Reshape,
        ["Squeeze"] = ReshapeOperators.Squeeze,
        ["Unsqueeze"] = ReshapeOperators.Unsqueeze,
        ["Transpose"] = TransposeOperators.Transpose,
        ["Concat"] = SliceOperators.Concat,
        ["Dropout"] = IdentityOperators.Identity,
        ["Identity"] = IdentityOperators.Identity,
        ["Cast"] = IdentityOperators.Cast,
        ["Constant"] = ConstantOperators.Constant,
        ["ConstantOfShape"] = ConstantOperators.ConstantOfShape,
        ["Shape"] = ConstantOperators.Shape,
        ["Gather"] = SliceOperators.Gather,
        ["Slice"] = SliceOperators.Slice,
        ["Split"] = SliceOperators.Split,
    };

    public static bool Knows(string op) => Operators.ContainsKey(op) || ElementwiseOperators.Functions.ContainsKey(op);

    /// <summary>What a node with a known operator computes.</summary>
    /// <exception cref="UnsupportedException">It cannot be imported.</exception>
    public static Value Apply(Call call) =>
        Operators.TryGetValue(call.Node.Operator, out Func<Call, Value>? apply) ? apply(call) : ElementwiseOperators.Apply(call);
}
