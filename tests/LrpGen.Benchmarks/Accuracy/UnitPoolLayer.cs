using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>An average over windows of one value, whose share has a stabiliser all the same.</summary>
internal sealed record UnitPoolLayer : Float64Layer
{
    public override double[] Forward(double[] a) => a;

    public override double[] Backward(Item item, double[] a, double[] z, double[] r) =>
        [.. a.Zip(r, (value, part) => value * Stabilized(part, value))];
}
