using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>A layer in float64.</summary>
internal abstract record Float64Layer
{
    /// <summary>ε of all rules.</summary>
    protected const double Stabilizer = 1e-6;

    public abstract double[] Forward(double[] a);

    /// <summary>Relevance of the inputs.</summary>
    /// <param name="item">The explanation.</param>
    /// <param name="a">The inputs.</param>
    /// <param name="z">The outputs.</param>
    /// <param name="r">Relevance of the outputs.</param>
    public abstract double[] Backward(Item item, double[] a, double[] z, double[] r);

    /// <summary>R / (denominator + ε with its sign), where sign(0) = 1.</summary>
    protected static double Stabilized(double r, double denominator) => r / (denominator + (denominator < 0 ? -Stabilizer : Stabilizer));
}
