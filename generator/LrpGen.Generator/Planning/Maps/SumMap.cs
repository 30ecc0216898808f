namespace LrpGen.Generator.Planning;

/// <summary>The sum of all inputs: every weight is 1.</summary>
internal sealed class SumMap(Extent extent, TensorNames names) : FixedMap(names, extent, extent)
{
    public override string Remark => ", w_ij = 1 for the same element of every input";

    // What is multiplied by 1 and added to nothing is there already, and so must stay as it is.
    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        double scale = PowerOf(part, gamma).Scale;
        if (sum is null && scale == 1)
        {
            return s;
        }

        Tensor to = fresh();
        steps.Add(new Pointwise(Plus(sum, s, scale), to));
        return to;
    }

    protected override Step StepOf(bool transposed, Tensor from, int power, double scale, bool accumulate, Tensor to) =>
        new Pointwise(Plus(accumulate ? to : null, from, scale), to);

    private static Expression Plus(Tensor? sum, Tensor tensor, double scale)
    {
        Expression product = new Read(tensor).ScaledBy(scale);
        return sum is null ? product : new Read(sum) + product;
    }
}
