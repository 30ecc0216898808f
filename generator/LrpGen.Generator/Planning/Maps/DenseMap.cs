namespace LrpGen.Generator.Planning;

/// <summary>A linear layer of one row.</summary>
/// <param name="parameter">The weights, and the bias.</param>
internal sealed class DenseMap(Parameter parameter, Dense form, Extent input, Extent output, TensorNames names) : LinearMap(names, input, output)
{
    public override bool HasBias => parameter.HasBias;

    public override Offsets? BiasOf(BiasPart part, double gamma) => Offsets.Of(BiasSet.Of(parameter, part, gamma, OutputExtent.Pitch));

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        steps.Add(new Product(
            form, false, input, new Stored(Weights(part, gamma)), BiasSet.Of(parameter, bias, gamma, OutputExtent.Pitch), accumulate, to));

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        steps.Add(new Product(form, true, s, new Stored(Weights(part, gamma)), null, sum is not null, to));
        return to;
    }

    private WeightSet Weights(WeightPart part, double gamma) => WeightSet.Of(parameter, part, gamma, Packing.Linear, form, OutputExtent.Pitch);
}
