using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

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

    public override Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r) => LostIn(Backward(rule, a, z, r), r);
}
