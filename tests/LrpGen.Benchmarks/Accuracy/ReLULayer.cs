using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>max(a, 0); relevance passes.</summary>
internal sealed record ReLULayer : Float64Layer
{
    public override double[] Forward(double[] a) => Array.ConvertAll(a, value => Math.Max(value, 0));

    public override double[] Backward(Item item, double[] a, double[] z, double[] r) => r;
}
