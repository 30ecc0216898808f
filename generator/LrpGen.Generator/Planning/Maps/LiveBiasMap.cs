namespace LrpGen.Generator.Planning;

/// <summary>A map with a bias that is a tensor of the call.</summary>
/// <param name="weights">The map without it.</param>
/// <param name="b">The bias.</param>
internal sealed class LiveBiasMap(LinearMap weights, Tensor b, Extent input, TensorNames names) : LinearMap(names, input, b.Extent)
{
    private readonly Dictionary<(BiasPart Part, double Gamma), Tensor> parts = new() { [(BiasPart.B, 0)] = b };

    public override bool HasBias => true;

    public override bool IsConstant => false;

    public override Offsets? BiasOf(BiasPart part, double gamma) => part == BiasPart.None ? null : new LiveOffsets(parts[KeyOf(part, gamma)]);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        weights.Product(steps, input, part, BiasPart.None, gamma, accumulate, to);
        if (bias != BiasPart.None)
        {
            steps.Add(new Pointwise(new Read(to) + new Read(Part(steps, bias, gamma)), to));
        }
    }

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh) =>
        weights.TransposedProduct(steps, s, part, gamma, sum, fresh);

    private Tensor Part(List<Step> steps, BiasPart part, double gamma)
    {
        if (!parts.TryGetValue(KeyOf(part, gamma), out Tensor? tensor))
        {
            tensor = NewOutput("b" + part.ToString().Substring(1));
            steps.Add(new Pointwise(ValueOf(part, gamma), tensor));
            parts.Add(KeyOf(part, gamma), tensor);
        }

        return tensor;
    }

    private Expression ValueOf(BiasPart part, double gamma)
    {
        Expression value = new Read(b);
        return part switch
        {
            BiasPart.BPositive => new PositivePart(value),
            BiasPart.BNegative => new NegativePart(value),
            BiasPart.BSquared => value * value,
            BiasPart.BGammaPositive => value + new PositivePart(value).ScaledBy(gamma),
            BiasPart.BGammaNegative => value + new NegativePart(value).ScaledBy(gamma),
            _ => value,
        };
    }

    private static (BiasPart, double) KeyOf(BiasPart part, double gamma) =>
        (part, part is BiasPart.BGammaPositive or BiasPart.BGammaNegative ? gamma : 0);
}
