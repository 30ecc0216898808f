using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A layer that computes forward, and relevance backward.</summary>
internal abstract class ReferenceLayer(Shape output, LayerKinds kind)
{
    public Shape Output { get; } = output;

    /// <summary>What rules call it; none for a layer that no rule is for.</summary>
    public LayerKinds Kind { get; } = kind;

    /// <summary>The rule where a composite has none.</summary>
    public RuleSpec DefaultRule => new(Kind switch
    {
        LayerKinds.AveragePool => "Norm",
        LayerKinds.ReLU or LayerKinds.OtherActivation => "Pass",
        _ => "Epsilon",
    });

    public abstract double[] Forward(double[] a);

    /// <summary>Relevance of the inputs.</summary>
    /// <param name="rule">With its bounds.</param>
    /// <param name="a">The layer's inputs.</param>
    /// <param name="z">Its outputs.</param>
    /// <param name="r">Relevance of its outputs.</param>
    public abstract double[] Backward(BoundRule rule, double[] a, double[] z, double[] r);
}

/// <summary>A rule, and the bounds of the network's input per channel or one for all.</summary>
internal sealed record BoundRule(RuleSpec Rule, IReadOnlyList<double> Lows, IReadOnlyList<double> Highs);

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
                double denominator = share.Normalized ? sum[j] + (rule.Rule.ZeroBias ? 0 : share.Bias(bias[j])) : 1;
                s[j] = share.Where(z[j]) ? share.Scale * Divide(r[j], denominator, share.Normalized ? rule.Rule.Stabilizer : 0) : 0;
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

/// <summary>The largest value of each window, to which all relevance goes; the first in row-major order on a tie.</summary>
internal sealed class MaxPoolLayer(Shape output, IReadOnlyList<int[]> windows) : ReferenceLayer(output, LayerKinds.None)
{
    public override double[] Forward(double[] a) => [.. windows.Select(window => a[Winner(window, a)])];

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r)
    {
        double[] relevance = new double[a.Length];
        for (int j = 0; j < r.Length; j++)
        {
            relevance[Winner(windows[j], a)] += r[j];
        }

        return relevance;
    }

    private static int Winner(int[] window, double[] a) => window.MaxBy(i => a[i]);
}

/// <summary>An elementwise activation.</summary>
internal sealed class ActivationLayer(Shape output, LayerKinds kind, Func<double, double> function, Func<double, double> derivative)
    : ReferenceLayer(output, kind)
{
    public override double[] Forward(double[] a) => [.. a.Select(function)];

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r) => rule.Rule.Name switch
    {
        "Pass" => r,
        "Derivative" => [.. a.Zip(r, (x, relevance) => derivative(x) * relevance)],
        "Guided" => [.. a.Zip(r, (x, relevance) => derivative(x) * RuleTable.P(relevance))],
        "Rectified" => [.. r.Select(RuleTable.P)],
        _ => throw new ArgumentException($"'{rule.Rule.Name}' is no rule for an activation.", nameof(rule)),
    };
}

/// <summary>eˣ over its sum across the channels; its gradient is y (g − Σ y g), for whatever rule does not pass.</summary>
internal sealed class SoftmaxLayer(Shape output) : ReferenceLayer(output, LayerKinds.OtherActivation)
{
    public override double[] Forward(double[] a)
    {
        double[] e = [.. a.Select(Math.Exp)];
        double[] sum = SumOverChannels(e);
        return [.. e.Select((value, i) => value / sum[i % Output.Pixels])];
    }

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r)
    {
        double[] sum = SumOverChannels([.. z.Zip(r, (y, g) => y * g)]);
        return rule.Rule.Name == "Pass" ? r : [.. z.Select((y, i) => y * (r[i] - sum[i % Output.Pixels]))];
    }

    private double[] SumOverChannels(double[] values) => [.. Enumerable.Range(0, Output.Pixels).Select(pixel =>
        Enumerable.Range(0, Output.Channels).Sum(channel => values[(channel * Output.Pixels) + pixel]))];
}

/// <summary>A layer that changes no value: Flatten, Dropout, Identity, a batch norm that was folded.</summary>
internal sealed class IdentityLayer(Shape output) : ReferenceLayer(output, LayerKinds.None)
{
    public override double[] Forward(double[] a) => a;

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r) => r;
}
