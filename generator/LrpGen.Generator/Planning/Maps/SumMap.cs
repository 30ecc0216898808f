namespace LrpGen.Generator.Planning;

/// <summary>The sum of all inputs: every weight is 1.</summary>
internal sealed class SumMap(Extent extent, TensorNames names) : LinearMap(names, extent, extent)
{
    public override bool HasBias => false;

    public override bool WeightsAreNonNegative => true;

    public override string Remark => ", w_ij = 1 for the same element of every input";

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        Expression product = new Read(input).ScaledBy(Weight(part, gamma));
        steps.Add(new Pointwise(accumulate ? new Read(to) + product : product, to));
    }

    // What is multiplied by 1 and added to nothing is there already.
    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        if (sum is null && Weight(part, gamma) == 1)
        {
            return s;
        }

        Tensor to = fresh();
        Expression product = new Read(s).ScaledBy(Weight(part, gamma));
        steps.Add(new Pointwise(sum is null ? product : new Read(sum) + product, to));
        return to;
    }

    private static double Weight(WeightPart part, double gamma) => part == WeightPart.WGammaPositive ? 1 + gamma : 1;
}
