namespace LrpGen.Benchmarks.Accuracy;

/// <summary>A linear layer: a row of weights for each output.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Outputs">Number of outputs.</param>
internal sealed record Rows(int Inputs, int Outputs) : IProduct
{
    public double[] Product(double[] a, Func<int, double> weight)
    {
        double[] z = new double[Outputs];
        Parallel.For(0, Outputs, j =>
        {
            for (int i = 0; i < Inputs; i++)
            {
                z[j] += a[i] * weight((j * Inputs) + i);
            }
        });
        return z;
    }

    public double[] TransposedProduct(double[] s, Func<int, double> weight)
    {
        double[] c = new double[Inputs];
        foreach ((int j, double value) in s.Index().Where(output => output.Item != 0))
        {
            for (int i = 0; i < Inputs; i++)
            {
                c[i] += value * weight((j * Inputs) + i);
            }
        }

        return c;
    }
}
