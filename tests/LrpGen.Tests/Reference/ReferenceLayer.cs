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
