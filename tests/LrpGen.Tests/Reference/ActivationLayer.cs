using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A function of each element and its derivative, which are told the element, too.</summary>
internal sealed class ActivationLayer(Shape output, LayerKinds kind, Func<double, int, double> function, Func<double, int, double> derivative)
    : ReferenceLayer(output, kind)
{
    public override double[] Forward(IReadOnlyList<double[]> a) => [.. a[0].Select(function)];

    public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
    {
        double valueAtZero = function(0, 0);
        return rule.Rule.Name switch
        {
            "Pass" or "Taylor" => Pass(r),
            "FromZero" => valueAtZero == 0 ? Pass(r) : FromZero(rule, valueAtZero, z, r),
            "Derivative" => Change(r, [.. r.Select((relevance, i) => derivative(a[0][i], i) * relevance)]),
            "Guided" => Change(r, [.. r.Select((relevance, i) => derivative(a[0][i], i) * RuleTable.P(relevance))]),
            "Rectified" => Change(r, [.. r.Select(RuleTable.P)]),
            _ => throw new ArgumentException($"'{rule.Rule.Name}' is no rule for an activation.", nameof(rule)),
        };
    }
}
