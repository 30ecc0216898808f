namespace LrpGen.Benchmarks.Accuracy;

/// <summary>The product of a linear layer or of a convolution, in float64.</summary>
internal interface IProduct
{
    /// <summary>z_j = Σ_i a_i w_ij.</summary>
    /// <param name="a">A value for each input.</param>
    /// <param name="weight">The weight of each index, in PyTorch's order.</param>
    double[] Product(double[] a, Func<int, double> weight);

    /// <summary>c_i = Σ_j w_ij s_j.</summary>
    /// <param name="s">A value for each output.</param>
    /// <param name="weight">The weight of each index, in PyTorch's order.</param>
    double[] TransposedProduct(double[] s, Func<int, double> weight);
}
