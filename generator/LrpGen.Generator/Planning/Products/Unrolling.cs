namespace LrpGen.Generator.Planning;

/// <summary>Whether a layer's products are unrolled fully, and why.</summary>
internal static class Unrolling
{
    /// <summary>
    /// Vector multiply-adds and stores of a method beyond which it is looped whatever the budget: at up to 21 IL instructions
    /// and about one local each, it stays below the 20,000 instructions beyond which the JIT does not optimise a method, ever,
    /// and the 1,024 locals that it keeps in registers.
    /// </summary>
    public const int MaxVectorOperations = 800;

    public static bool IsUnrolled(Contraction form, int budget) =>
        form is not Windowed { Varies: true } && form.MultiplyAdds <= budget && VectorOperations(form) <= MaxVectorOperations;

    /// <summary>Whether a product is unrolled: its form is small, and it does not run along the channels that it sums.</summary>
    public static bool IsUnrolled(Product product, int budget) =>
        product.Right is Stored { Weights.Packing: not Packing.NarrowConvolution } && IsUnrolled(product.Form, budget);

    /// <summary>Such as: looped: 401,408 multiply-adds exceed 512.</summary>
    public static string Reason(Contraction form, int budget)
    {
        string count = FormattableString.Invariant($"{form.MultiplyAdds:N0} multiply-adds");
        return IsUnrolled(form, budget) ? $"unrolled: {count}"
            : form is Windowed { Varies: true } ? $"looped: how many rows there are varies; at most {count}"
            : form.MultiplyAdds > budget ? FormattableString.Invariant($"looped: {count} exceed {budget:N0}")
            : FormattableString.Invariant($"looped: {VectorOperations(form):N0} vector operations exceed {MaxVectorOperations:N0} in a method");
    }

    private static long VectorOperations(Contraction form) => form switch
    {
        Dense dense => (long)dense.Inputs * ((dense.Outputs + Simd.Lanes - 1) / Simd.Lanes),
        Windowed windowed => new[] { Correlation.Forward(windowed), Correlation.Transposed(windowed) }.Max(VectorOperations),
        _ => 0,
    };

    // A strided convolution's transposed product also stores the zeros of pixels that meet no tap.
    private static long VectorOperations(Correlation product)
    {
        int vectors = (product.Depthwise ? Simd.RoundUp(product.Groups) : product.Groups * Simd.RoundUp(product.Outputs)) / Simd.Lanes;
        return vectors * ((product.MultiplyAdds / (product.Groups * product.Outputs)) + ((long)product.OutputHeight * product.OutputWidth));
    }
}
