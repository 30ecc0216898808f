namespace LrpGen.Generator.Planning;

/// <summary>The sum of all inputs, and perhaps of a bias: every weight is 1.</summary>
/// <param name="offsets">The bias; null for none.</param>
/// <param name="rows">Rows of the bias; a single one is for all.</param>
internal sealed class SumMap(Extent extent, TensorNames names, Parameter? offsets = null, int rows = 1) : LinearMap(names, extent, extent)
{
    public override bool HasBias => offsets is not null;

    public override Offsets? BiasOf(BiasPart part, double gamma) => Offsets.Of(Set(part, gamma));

    public override bool WeightsAreNonNegative => true;

    public override string Remark => ", w_ij = 1 for the same element of every input";

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        Expression sum = Plus(accumulate ? to : null, input, FixedMap.PowerOf(part, gamma).Scale);
        steps.Add(new Pointwise(Set(bias, gamma) is { } set ? sum + new ReadBias(set) : sum, to));
    }

    // What is multiplied by 1 and added to nothing is there already, and so must stay as it is.
    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        double scale = FixedMap.PowerOf(part, gamma).Scale;
        if (sum is null && scale == 1)
        {
            return s;
        }

        Tensor to = fresh();
        steps.Add(new Pointwise(Plus(sum, s, scale), to));
        return to;
    }

    private BiasSet? Set(BiasPart part, double gamma) =>
        offsets is null ? null : BiasSet.Of(offsets, part, gamma, OutputExtent.Pitch, rows);

    private static Expression Plus(Tensor? sum, Tensor tensor, double scale)
    {
        Expression product = new Read(tensor).ScaledBy(scale);
        return sum is null ? product : new Read(sum) + product;
    }
}
