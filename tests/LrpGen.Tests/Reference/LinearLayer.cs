using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Visits every connection of input i to output j with weight w.</summary>
internal delegate void Connections(Action<int, int, double> visit);

/// <summary>z_j = Σ_i a_i w_ij + b_j over the connections: linear layers, convolutions, average pools, batch norms.</summary>
internal sealed class LinearLayer(Shape output, LayerKinds kind, Connections connections, double[] bias) : ReferenceLayer(output, kind)
{
    public override double[] Forward(double[] a)
    {
        double[] z = [.. bias];
        connections((i, j, w) => z[j] += a[i] * w);
        return z;
    }

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r)
    {
        double[] low = PerInput(rule.Lows, a.Length);
        double[] high = PerInput(rule.Highs, a.Length);
        double[] relevance = new double[a.Length];
        foreach (Share share in RuleTable.SharesOf(rule.Rule))
        {
            double[] sum = new double[r.Length];
            connections((i, j, w) => sum[j] += share.Term(a[i], w, low[i], high[i]));
            double[] s = new double[r.Length];
            for (int j = 0; j < s.Length; j++)
            {
                double denominator = sum[j] + (rule.Rule.ZeroBias ? 0 : share.Bias(bias[j]));
                double quotient = share.Normalized ? Divide(r[j], denominator, rule.Rule.Stabilizer) : r[j];
                s[j] = share.Where(z[j]) ? share.Scale * quotient : 0;
            }

            connections((i, j, w) => relevance[i] += share.Term(a[i], w, low[i], high[i]) * s[j]);
        }

        return relevance;
    }

    /// <summary>R / (z + ε·sign(z)) with sign(0) = 1; 0 if nothing is left to divide by.</summary>
    private static double Divide(double r, double z, double ε)
    {
        double stabilized = z + (z < 0 ? -ε : ε);
        return stabilized == 0 ? 0 : r / stabilized;
    }

    /// <summary>Bounds per channel as bounds per input: channels are the outermost axis, before and after a Flatten.</summary>
    private static double[] PerInput(IReadOnlyList<double> bounds, int inputs) =>
        [.. Enumerable.Range(0, inputs).Select(i => bounds.Count == 0 ? 0 : bounds[(int)((long)i * bounds.Count / inputs)])];
}
