namespace LrpGen.Generator.Planning;

/// <summary>One weight for every lane, and perhaps one bias.</summary>
/// <param name="parameter">The weights, and the bias.</param>
internal sealed class ScaleMap(Parameter parameter, Extent extent, TensorNames names) : LinearMap(names, extent, extent)
{
    public override bool HasBias => parameter.HasBias;

    public override Offsets? BiasOf(BiasPart part, double gamma) => Offsets.Of(BiasSet.Of(parameter, part, gamma, OutputExtent.Pitch));

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        Expression product = Weighted(input, part, gamma);
        Expression biased = BiasSet.Of(parameter, bias, gamma, OutputExtent.Pitch) is { } set ? product + new ReadBias(set) : product;
        steps.Add(new Pointwise(accumulate ? new Read(to) + biased : biased, to));
    }

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        Expression product = Weighted(s, part, gamma);
        steps.Add(new Pointwise(sum is null ? product : new Read(to) + product, to));
        return to;
    }

    private Expression Weighted(Tensor tensor, WeightPart part, double gamma) =>
        new Read(tensor) * new ReadWeight(WeightSet.Of(parameter, part, gamma, Packing.Channels, null, OutputExtent.Pitch));
}
