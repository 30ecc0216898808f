namespace LrpGen.Generator.Planning;

/// <summary>An average pool: all weights of a window of n positions are 1/n.</summary>
internal sealed class AverageMap(PoolWindows windows, Extent input, Extent output, TensorNames names) : LinearMap(names, input, output)
{
    public override bool HasBias => false;

    public override bool WeightsAreNonNegative => true;

    public override string Remark => ", w_ij = 1/n in a window of n";

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
        steps.Add(new Average(windows, transposed, from, power, scale, accumulate, to));
    }
}
