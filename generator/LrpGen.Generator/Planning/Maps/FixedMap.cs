namespace LrpGen.Generator.Planning;

/// <summary>A map none of whose weights is negative, so that all parts of them are powers.</summary>
internal abstract class FixedMap(TensorNames names, Extent input, Extent output) : StepMap(names, input, output)
{
    public sealed override bool WeightsAreNonNegative => true;

    /// <summary>A part of the weights, as a power of theirs and what all are multiplied by then.</summary>
    public static (int Power, double Scale) PowerOf(WeightPart part, double gamma) => part switch
    {
        WeightPart.One => (0, 1.0),
        WeightPart.WSquared => (2, 1.0),
        WeightPart.WGammaPositive => (1, 1 + gamma),
        _ => (1, 1.0),
    };

    /// <summary>The product with weights scale · w^power, or the transposed product.</summary>
    protected abstract Step StepOf(bool transposed, Tensor from, int power, double scale, bool accumulate, Tensor to);

    protected sealed override void Add(List<Step> steps, bool transposed, Tensor from, WeightPart part, double gamma, bool accumulate, Tensor to)
    {
        (int power, double scale) = PowerOf(part, gamma);
        steps.Add(StepOf(transposed, from, power, scale, accumulate, to));
    }
}
