using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Visits every connection of input i to output j with its weight or with what it contributes.</summary>
internal delegate void Connections(Action<int, int, double> visit);

/// <summary>z_j = Σ_i a_i w_ij + b_j over the connections: linear layers, convolutions, average pools, batch norms, sums.</summary>
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
        double[] relevance = new double[a.Length];
        foreach (Share share in RuleTable.SharesOf(rule.Rule))
        {
            double[] s = [.. Parts(share, rule, a, z, r).Select(part => part.S)];
            TermsOf(share, rule, a)((i, j, term) => relevance[i] += term * s[j]);
        }

        return relevance;
    }

    public override Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r)
    {
        Absorbed absorbed = new(0, 0, r.Sum()) { Magnitude = r.Sum(Math.Abs) };
        foreach (Share share in RuleTable.SharesOf(rule.Rule))
        {
            foreach ((int j, Part part) in Parts(share, rule, a, z, r).Index())
            {
                double handedOn = share.Normalized ? part.Takes ? share.Scale * r[j] : 0 : part.S * part.Sum;
                double magnitude = Math.Abs(part.S) * (part.SumOfSizes + Math.Abs(part.Bias) + Math.Abs(part.Stabilizer));
                absorbed += new Absorbed(part.Bias * part.S, part.Stabilizer * part.S, -handedOn) { Magnitude = magnitude };
            }
        }

        return absorbed;
    }

    private IEnumerable<Part> Parts(Share share, BoundRule rule, double[] a, double[] z, double[] r)
    {
        // A sum that is taken from z has the rounding of z, which is that of the bias, too.
        double[] sum = share.FromOutput ? [.. z.Zip(Forward(a), (rounded, exact) => rounded - exact)] : new double[r.Length];
        double[] sumOfSizes = share.FromOutput ? [.. z.Zip(bias, (z, b) => Math.Abs(z - b) + Math.Abs(b))] : new double[r.Length];
        TermsOf(share, rule, a)((i, j, term) =>
        {
            sum[j] += term;
            sumOfSizes[j] += Math.Abs(term);
        });
        for (int j = 0; j < r.Length; j++)
        {
            double biasPart = rule.Rule.ZeroBias || !share.Normalized ? 0 : share.Bias(bias[j]);
            double ε = !share.Normalized ? 0 : sum[j] + biasPart < 0 ? -rule.Rule.Stabilizer : rule.Rule.Stabilizer;
            double divisor = share.Normalized ? sum[j] + biasPart + ε : 1;
            bool takes = share.Where(z[j]) && divisor != 0;
            yield return new(sum[j], sumOfSizes[j], biasPart, ε, takes, takes ? share.Scale * r[j] / divisor : 0);
        }
    }

    private Connections TermsOf(Share share, BoundRule rule, double[] a)
    {
        double[] low = PerInput(rule.Lows, a.Length);
        double[] high = PerInput(rule.Highs, a.Length);
        return visit => connections((i, j, w) => visit(i, j, share.Term(a[i], w, low[i], high[i])));
    }

    /// <summary>Bounds per channel as bounds per input: channels are the outermost axis, before and after a Flatten.</summary>
    private static double[] PerInput(IReadOnlyList<double> bounds, int inputs) =>
        [.. Enumerable.Range(0, inputs).Select(i => bounds.Count == 0 ? 0 : bounds[(int)((long)i * bounds.Count / inputs)])];

    /// <summary>What one output has of a share.</summary>
    /// <param name="Sum">Σ_i terms.</param>
    /// <param name="SumOfSizes">Σ_i |terms|, and the sizes of what z adds up if the sum is taken from it.</param>
    /// <param name="Bias">The part of the bias in the denominator.</param>
    /// <param name="Stabilizer">ε with the sign of both together, where sign(0) = 1.</param>
    /// <param name="Takes">False where the share is not for the output, or nothing is left to divide by.</param>
    /// <param name="S">Scale · R over the denominator, if there is one.</param>
    private readonly record struct Part(double Sum, double SumOfSizes, double Bias, double Stabilizer, bool Takes, double S);
}
