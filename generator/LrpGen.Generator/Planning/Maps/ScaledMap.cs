namespace LrpGen.Generator.Planning;

/// <summary>A map whose weights r_j w_ij are those of another map, times what a call has for every output, at least 0.</summary>
/// <param name="weights">The other map.</param>
/// <param name="r">The factors.</param>
internal sealed class ScaledMap(LinearMap weights, Tensor r, Extent input, TensorNames names) : LinearMap(names, input, r.Extent)
{
    public override bool HasBias => false;

    public override bool IsConstant => false;

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        Tensor product = NewOutput("u");
        weights.Product(steps, input, part, BiasPart.None, gamma, accumulate: false, product);
        Expression scaled = Scaled(product, part);
        steps.Add(new Pointwise(accumulate ? new Read(to) + scaled : scaled, to));
    }

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor scaled = NewOutput("rs");
        steps.Add(new Pointwise(Scaled(s, part), scaled));
        return weights.TransposedProduct(steps, scaled, part, gamma, sum, fresh);
    }

    // Since r is not negative, it does not change which weights are.
    private Expression Scaled(Tensor tensor, WeightPart part) => part switch
    {
        WeightPart.One => new Read(tensor),
        WeightPart.WSquared => new Read(r) * new Read(r) * new Read(tensor),
        _ => new Read(r) * new Read(tensor),
    };
}
