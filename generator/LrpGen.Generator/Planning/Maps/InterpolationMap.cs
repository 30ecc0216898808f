namespace LrpGen.Generator.Planning;

/// <summary>Upsampling: weights of an output are products of those along rows and columns, and add up to 1.</summary>
internal sealed class InterpolationMap(Interpolation interpolation, Extent input, Extent output, TensorNames names) : LinearMap(names, input, output)
{
    public override bool HasBias => false;

    public override bool WeightsAreNonNegative => true;

    public override string Remark =>
        interpolation.IsLinear ? ", w_ij by the distances of the nearest positions" : ", w_ij = 1 for the nearest position";

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        Add(steps, false, input, part, gamma, accumulate, to);

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        Add(steps, true, s, part, gamma, sum is not null, to);
        return to;
    }

    private void Add(List<Step> steps, bool transposed, Tensor from, WeightPart part, double gamma, bool accumulate, Tensor to)
    {
        (int power, double scale) = PowerOf(part, gamma);
        steps.Add(new Interpolate(interpolation, transposed, from, power, scale, accumulate, to));
    }
}
