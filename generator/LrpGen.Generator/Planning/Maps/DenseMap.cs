namespace LrpGen.Generator.Planning;

/// <summary>A linear layer of one row, or only the target's output of a last one: relevance that starts there needs one column of the weights.</summary>
/// <param name="parameter">The weights, and the bias.</param>
internal sealed class DenseMap(Parameter parameter, Dense form, Extent input, Extent output, TensorNames names, bool targetOnly = false)
    : LinearMap(names, input, output)
{
    private static readonly Extent FirstLane = new(1, 1, Simd.Lanes);

    public override bool HasBias => parameter.HasBias;

    public override Tensor NewOutput(string symbol) => targetOnly ? Names.New(symbol + "Target", FirstLane) : base.NewOutput(symbol);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        steps.Add(new Product(
            form, false, targetOnly, input, new Stored(Weights(part, gamma)), BiasSet.Of(parameter, bias, gamma, OutputExtent.Pitch), accumulate, to));

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        steps.Add(new Product(form, true, targetOnly, s, new Stored(Weights(part, gamma)), null, sum is not null, to));
        return to;
    }

    public override Tensor Restrict(List<Step> steps, Tensor tensor)
    {
        if (!targetOnly)
        {
            return tensor;
        }

        Tensor element = NewOutput(tensor.Stored ? "d" : "z");
        steps.Add(new PickTarget(tensor, new Arrangement(Shape.Of(form.Outputs), 0, OutputExtent.Pitch), element));
        return element;
    }

    private WeightSet Weights(WeightPart part, double gamma) => WeightSet.Of(parameter, part, gamma, Packing.Linear, form, OutputExtent.Pitch);
}
