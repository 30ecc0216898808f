using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A layer that computes forward, and relevance backward.</summary>
internal abstract class ReferenceLayer(Shape output, LayerKinds kind)
{
    public Shape Output { get; } = output;

    /// <inheritdoc cref="LayerSpec.Kind"/>
    public LayerKinds Kind { get; } = kind;

    /// <summary>The rule where a composite has none.</summary>
    public static RuleSpec DefaultRuleOf(LayerKinds kind) => kind switch
    {
        LayerKinds.AveragePool or LayerKinds.Add or LayerKinds.Upsample => new("Norm"),
        LayerKinds.ReLU or LayerKinds.OtherActivation or LayerKinds.Scale => new("Pass"),
        LayerKinds.Multiply or LayerKinds.MatMul or LayerKinds.Attention => new("Gated"),
        _ => new("Epsilon"),
    };

    /// <summary>What happens to values that are rounded within the layer.</summary>
    public Func<double, double> Noise { protected get; set; } = value => value;

    /// <summary>The outputs.</summary>
    /// <param name="a">The outputs that the layer reads.</param>
    public abstract double[] Forward(IReadOnlyList<double[]> a);

    /// <summary>Relevance of the inputs, and what they do not get.</summary>
    /// <param name="rule">With its bounds.</param>
    /// <param name="a">The outputs that the layer reads.</param>
    /// <param name="z">Its own outputs.</param>
    /// <param name="r">Relevance of its outputs.</param>
    public abstract WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r);

    /// <summary>Relevance as it is.</summary>
    protected static WayBack Pass(double[] r) => new([r], new Absorbed { Magnitude = 2 * r.Sum(Math.Abs) });

    /// <summary>Relevance of which the rest is dropped.</summary>
    protected static WayBack Change(double[] r, params IReadOnlyList<double[]> relevances)
    {
        double given = relevances.Sum(relevance => relevance.Sum());
        return new(
            relevances,
            new Absorbed { Dropped = r.Sum() - given, Magnitude = r.Sum(Math.Abs) + relevances.Sum(relevance => relevance.Sum(Math.Abs)) });
    }

    /// <summary>
    /// R (f(z) − f(0)) / s(f(z)): what a function gives for 0 is absorbed as a bias is; where it gives 0 now and ε is 0, all is dropped.
    /// </summary>
    /// <param name="valueAtZero">f(0).</param>
    protected static WayBack FromZero(BoundRule rule, double valueAtZero, double[] z, double[] r)
    {
        double[] s = [.. z.Zip(r, (y, relevance) => y + Stabilizer(y) is var d && d == 0 ? 0 : relevance / d)];
        double[] relevance = [.. z.Zip(s, (y, quotient) => (y - valueAtZero) * quotient)];
        double stabilizer = z.Zip(s, (y, quotient) => Stabilizer(y) * quotient).Sum();
        double dropped = s.Zip(r, (quotient, relevance) => quotient == 0 ? relevance : 0).Sum();
        double magnitude = r.Sum(Math.Abs) + (Math.Abs(valueAtZero) * s.Sum(Math.Abs));
        return new([relevance], new(valueAtZero * s.Sum(), stabilizer, dropped) { Magnitude = magnitude });

        double Stabilizer(double y) => y < 0 ? -rule.Rule.Stabilizer : rule.Rule.Stabilizer;
    }
}

/// <summary>The way back through a layer.</summary>
/// <param name="Relevances">Of each of its inputs.</param>
/// <param name="Absorbed">What they do not get.</param>
internal sealed record WayBack(IReadOnlyList<double[]> Relevances, Absorbed Absorbed);

/// <summary>A rule, and the bounds of the network's input per channel or one for all.</summary>
internal sealed record BoundRule(RuleSpec Rule, IReadOnlyList<double> Lows, IReadOnlyList<double> Highs)
{
    /// <summary>The rule of a part of the layer, by its kind and whether it reads what the layer reads.</summary>
    public required Func<LayerKinds, bool, BoundRule> OfPart { get; init; }
}
