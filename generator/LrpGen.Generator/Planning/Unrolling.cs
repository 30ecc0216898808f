namespace LrpGen.Generator.Planning;

/// <summary>Whether a layer's products are unrolled fully, and why.</summary>
internal static class Unrolling
{
    /// <summary>
    /// Vector multiply-adds of a method beyond which it is looped whatever the budget: at about 12 IL instructions each, it
    /// stays below the 20,000 beyond which the JIT does not optimise a method, ever.
    /// </summary>
    public const int MaxVectorOperations = 1500;

    public static bool IsUnrolled(Layer layer, int budget) =>
        layer.Operation.MultiplyAdds <= budget && VectorOperations(layer) <= MaxVectorOperations;

    /// <summary>Such as: looped: 401,408 multiply-adds exceed 512.</summary>
    public static string Reason(Layer layer, int budget)
    {
        string count = FormattableString.Invariant($"{layer.Operation.MultiplyAdds:N0} multiply-adds");
        return IsUnrolled(layer, budget) ? $"unrolled: {count}"
            : layer.Operation.MultiplyAdds > budget ? FormattableString.Invariant($"looped: {count} exceed {budget:N0}")
            : FormattableString.Invariant($"looped: {VectorOperations(layer):N0} vector operations exceed {MaxVectorOperations:N0} in a method");
    }

    private static long VectorOperations(Layer layer) => layer.Operation switch
    {
        Linear linear => (long)linear.Inputs * Simd.RoundUp(linear.Outputs) / Simd.Lanes,
        Convolution convolution => new[] { Correlation.Forward(convolution), Correlation.Transposed(convolution) }.Max(VectorOperations),
        _ => 0,
    };

    private static long VectorOperations(Correlation product) => product.Depthwise
        ? product.MultiplyAdds / product.Groups * Simd.RoundUp(product.Groups) / Simd.Lanes
        : product.MultiplyAdds / product.Outputs * Simd.RoundUp(product.Outputs) / Simd.Lanes;
}
