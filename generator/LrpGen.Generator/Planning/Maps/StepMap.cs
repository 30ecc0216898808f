namespace LrpGen.Generator.Planning;

/// <summary>A map without a bias, whose weights follow from the layer's form, so that either product with any part of them is a step.</summary>
internal abstract class StepMap(TensorNames names, Extent input, Extent output) : LinearMap(names, input, output)
{
    public sealed override bool HasBias => false;

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        Add(steps, false, input, part, gamma, accumulate, to);

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        Add(steps, true, s, part, gamma, sum is not null, to);
        return to;
    }

    /// <summary>Adds the product, or the transposed product.</summary>
    protected abstract void Add(List<Step> steps, bool transposed, Tensor from, WeightPart part, double gamma, bool accumulate, Tensor to);
}
