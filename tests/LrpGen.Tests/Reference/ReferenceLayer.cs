using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A layer that computes forward, and relevance backward. If it reads several others, a is all their outputs, one after the other.</summary>
internal abstract class ReferenceLayer(Shape output, LayerKinds kind)
{
    public Shape Output { get; } = output;

    /// <summary>What rules call it; none for a layer that no rule is for.</summary>
    public LayerKinds Kind { get; } = kind;

    /// <summary>The rule where a composite has none.</summary>
    public RuleSpec DefaultRule => new(Kind switch
    {
        LayerKinds.AveragePool or LayerKinds.Add => "Norm",
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

    /// <summary>What the layer does not hand on of the relevance of its outputs; nothing, unless it says otherwise.</summary>
    /// <inheritdoc cref="Backward"/>
    public virtual Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r) => new() { Magnitude = r.Sum(Math.Abs) };

    /// <summary>The account of a layer that changes the relevance of every element.</summary>
    protected static Absorbed LostIn(double[] relevance, double[] r) =>
        new() { Dropped = r.Zip(relevance, (before, after) => before - after).Sum(), Magnitude = r.Sum(Math.Abs) + relevance.Sum(Math.Abs) };
}

/// <summary>A rule, and the bounds of the network's input per channel or one for all.</summary>
internal sealed record BoundRule(RuleSpec Rule, IReadOnlyList<double> Lows, IReadOnlyList<double> Highs);
