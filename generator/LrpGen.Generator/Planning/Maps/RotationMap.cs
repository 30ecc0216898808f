namespace LrpGen.Generator.Planning;

/// <summary>The rotation of rows by their positions: weights are cos, sin and −sin of two features each.</summary>
internal sealed class RotationMap(Rotation rotation, Extent extent, TensorNames names) : LinearMap(names, extent, extent)
{
    public override bool HasBias => false;

    public override string Remark => ", w_ij = cos or ± sin of the position's angle";

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
        (int power, double positive, double negative) = part switch
        {
            WeightPart.One => (0, 1.0, 1.0),
            WeightPart.W => (1, 1.0, 1.0),
            WeightPart.WPositive => (1, 1.0, 0.0),
            WeightPart.WNegative => (1, 0.0, 1.0),
            WeightPart.WSquared => (2, 1.0, 1.0),
            WeightPart.WGammaPositive => (1, 1 + gamma, 1.0),
            WeightPart.WGammaNegative => (1, 1.0, 1 + gamma),
            _ => throw new InvalidOperationException($"No rotation of {part}."),
        };
        if (!accumulate && to.Pitch > to.Lanes)
        {
            steps.Add(new Clear(to.Lanes, to));
        }

        steps.Add(new Rotate(rotation, transposed, from, power, positive, negative, accumulate, to));
    }
}
