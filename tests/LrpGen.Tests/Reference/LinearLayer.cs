using System.Runtime.CompilerServices;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Connections of one weight w: the first is of input i to output j, the others of inputs and outputs at equal steps from them.</summary>
internal readonly record struct Connections(int I, int J, double W)
{
    public int Count { get; init; } = 1;

    public int StepI { get; init; } = 1;

    public int StepJ { get; init; } = 1;

    public Connections Reversed => new(J, I, W) { Count = Count, StepI = StepJ, StepJ = StepI };

    /// <summary>The input of a connection.</summary>
    public int InputOf(int k) => I + (k * StepI);

    /// <summary>Its output.</summary>
    public int OutputOf(int k) => J + (k * StepJ);
}

/// <summary>
/// z_j = Σ_i a_i w_ij + b_j over the connections: linear layers, convolutions, average pools, batch norms, sums, …. Where the layer reads several
/// outputs, i counts through all of them, one after the other.
/// </summary>
internal sealed class LinearLayer(Shape output, LayerKinds kind, IEnumerable<Connections> connections, double[] bias)
    : ReferenceLayer(output, kind)
{
    /// <summary>A map without a bias.</summary>
    public LinearLayer(Shape output, LayerKinds kind, IEnumerable<Connections> connections)
        : this(output, kind, connections, new double[output.Size])
    {
    }

    public override double[] Forward(IReadOnlyList<double[]> a) => Sums(Flat(a));

    public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
    {
        if (rule.Rule.Name == "Pass")
        {
            return Pass(r);
        }

        double[] inputs = Flat(a);
        double[] relevance = new double[inputs.Length];
        Absorbed absorbed = new(0, 0, r.Sum()) { Magnitude = r.Sum(Math.Abs) };
        foreach (Share share in RuleTable.SharesOf(rule.Rule))
        {
            Terms terms = new(share, rule, inputs);
            Part[] parts = Parts(share, rule.Rule, terms, inputs, z, r);
            Distribute(terms, [.. parts.Select(part => part.S)], relevance);
            foreach ((int j, Part part) in parts.Index())
            {
                double handedOn = share.Normalized ? part.Takes ? share.Scale * r[j] : 0 : part.S * part.Sum;
                double magnitude = Math.Abs(part.S) * (part.SumOfSizes + Math.Abs(part.Bias) + Math.Abs(part.Stabilizer));
                absorbed += new Absorbed(part.Bias * part.S, part.Stabilizer * part.S, -handedOn) { Magnitude = magnitude };
            }
        }

        int next = 0;
        return new([.. a.Select(input => relevance[next..(next += input.Length)])], absorbed);
    }

    private static double[] Flat(IReadOnlyList<double[]> a) => a.Count == 1 ? a[0] : [.. a.SelectMany(input => input)];

    private double[] Sums(double[] a)
    {
        double[] z = [.. bias];
        foreach (Connections these in connections)
        {
            for (int k = 0; k < these.Count; k++)
            {
                z[these.OutputOf(k)] += a[these.InputOf(k)] * these.W;
            }
        }

        return z;
    }

    /// <summary>R_i += Σ_j term_ij s_j.</summary>
    private void Distribute(Terms terms, double[] s, double[] relevance)
    {
        foreach (Connections these in connections)
        {
            for (int k = 0; k < these.Count; k++)
            {
                int i = these.InputOf(k);
                relevance[i] += terms.Of(i, these.W) * s[these.OutputOf(k)];
            }
        }
    }

    private Part[] Parts(Share share, RuleSpec rule, Terms terms, double[] a, double[] z, double[] r)
    {
        // A sum that is taken from z has the rounding of z, which is that of the bias, too.
        double[] sum = share.FromOutput ? [.. z.Zip(Sums(a), (rounded, exact) => rounded - exact)] : new double[r.Length];
        double[] sumOfSizes = share.FromOutput ? [.. z.Zip(bias, (z, b) => Math.Abs(z - b) + Math.Abs(b))] : new double[r.Length];
        foreach (Connections these in connections)
        {
            for (int k = 0; k < these.Count; k++)
            {
                double term = terms.Of(these.InputOf(k), these.W);
                int j = these.OutputOf(k);
                sum[j] += term;
                sumOfSizes[j] += Math.Abs(term);
            }
        }

        Part[] parts = new Part[r.Length];
        for (int j = 0; j < r.Length; j++)
        {
            double biasPart = rule.ZeroBias || !share.Normalized ? 0 : share.Bias(bias[j]);
            double ε = !share.Normalized ? 0 : sum[j] + biasPart < 0 ? -rule.Stabilizer : rule.Stabilizer;
            double divisor = share.Normalized ? sum[j] + biasPart + ε : 1;
            bool takes = share.Where(z[j]) && divisor != 0;
            parts[j] = new(sum[j], sumOfSizes[j], biasPart, ε, takes, takes ? share.Scale * r[j] / divisor : 0);
        }

        return parts;
    }

    /// <summary>What inputs contribute to a share.</summary>
    private sealed class Terms(Share share, BoundRule rule, double[] a)
    {
        private readonly double[] low = PerInput(rule.Lows, a.Length);
        private readonly double[] high = PerInput(rule.Highs, a.Length);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Of(int i, double w) => share.Term(a[i], w, low[i], high[i]);

        /// <summary>Bounds per channel as bounds per input: channels are the outermost axis, before and after a Flatten.</summary>
        private static double[] PerInput(IReadOnlyList<double> bounds, int inputs) =>
            [.. Enumerable.Range(0, inputs).Select(i => bounds.Count == 0 ? 0 : bounds[(int)((long)i * bounds.Count / inputs)])];
    }

    /// <summary>What one output has of a share.</summary>
    /// <param name="Sum">Σ_i terms.</param>
    /// <param name="SumOfSizes">Σ_i |terms|, and the sizes of what z adds up if the sum is taken from it.</param>
    /// <param name="Bias">The part of the bias in the denominator.</param>
    /// <param name="Stabilizer">ε with the sign of both together, where sign(0) = 1.</param>
    /// <param name="Takes">False where the share is not for the output, or nothing is left to divide by.</param>
    /// <param name="S">Scale · R over the denominator, if there is one.</param>
    private readonly record struct Part(double Sum, double SumOfSizes, double Bias, double Stabilizer, bool Takes, double S);
}
