namespace LrpGen.Generator.Planning;

/// <summary>A larger image from a smaller one.</summary>
/// <param name="Height">Rows of the smaller one.</param>
/// <param name="Width">Columns of the smaller one.</param>
/// <param name="RowScale">Rows of the larger one for each of the smaller.</param>
/// <param name="ColumnScale">Columns likewise.</param>
/// <param name="IsLinear">Whether values between positions are interpolated, rather than the nearest's.</param>
internal sealed record Interpolation(int Height, int Width, int RowScale, int ColumnScale, bool IsLinear);

/// <summary>Upsampling as a product with weights Scale · w^Power, or its transposed.</summary>
internal sealed record Interpolate(
    Interpolation Interpolation, bool Transposed, Tensor Tensor, int Power, double Scale, bool Accumulate, Tensor To)
    : TensorStep(To, Accumulate ? [Tensor, To] : [Tensor])
{
    public override Step On(Func<Tensor, Tensor> map) => new Interpolate(Interpolation, Transposed, map(Tensor), Power, Scale, Accumulate, map(To));
}
