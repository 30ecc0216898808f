namespace LrpGen.Generator.Planning;

/// <summary>Upsampling: weights of an output are products of those along rows and columns, and add up to 1.</summary>
internal sealed class InterpolationMap(Interpolation interpolation, Extent input, Extent output, TensorNames names) : FixedMap(names, input, output)
{
    public override string Remark =>
        interpolation.IsLinear ? ", w_ij by the distances of the nearest positions" : ", w_ij = 1 for the nearest position";

    protected override Step StepOf(bool transposed, Tensor from, int power, double scale, bool accumulate, Tensor to) =>
        new Interpolate(interpolation, transposed, from, power, scale, accumulate, to);
}
