namespace LrpGen.Generator.Planning;

/// <summary>A map whose weights follow from the layer's form: none is negative, so that all parts of them are powers.</summary>
internal abstract class FixedMap(TensorNames names, Extent input, Extent output) : LinearMap(names, input, output)
{
    public override bool HasBias => false;

    public sealed override bool WeightsAreNonNegative => true;

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        Add(steps, false, input, part, gamma, accumulate, to);

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        Add(steps, true, s, part, gamma, sum is not null, to);
        return to;
    }

    /// <summary>The product with weights scale · w^power, or the transposed product.</summary>
    protected abstract Step StepOf(bool transposed, Tensor from, int power, double scale, bool accumulate, Tensor to);

    /// <summary>A part of the weights, as a power of theirs and what all are multiplied by then.</summary>
    protected static (int Power, double Scale) PowerOf(WeightPart part, double gamma) => part switch
    {
        WeightPart.One => (0, 1.0),
        WeightPart.WSquared => (2, 1.0),
        WeightPart.WGammaPositive => (1, 1 + gamma),
        _ => (1, 1.0),
    };

    private void Add(List<Step> steps, bool transposed, Tensor from, WeightPart part, double gamma, bool accumulate, Tensor to)
    {
        (int power, double scale) = PowerOf(part, gamma);
        steps.Add(StepOf(transposed, from, power, scale, accumulate, to));
    }
}
