namespace LrpGen.Generator.Planning;

/// <summary>The rotation of rows by their positions: weights are cos, sin and −sin of two features each.</summary>
internal sealed class RotationMap(Rotation rotation, Extent extent, TensorNames names) : StepMap(names, extent, extent)
{
    public override string Remark => ", w_ij = cos or ± sin of the position's angle";

    protected override void Add(List<Step> steps, bool transposed, Tensor from, WeightPart part, double gamma, bool accumulate, Tensor to)
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
