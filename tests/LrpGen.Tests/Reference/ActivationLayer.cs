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
        "FromZero" when function(0) == 0 => r,
        "FromZero" => [.. z.Zip(r, (y, relevance) => y == 0 ? 0 : (y - function(0)) / y * relevance)],
        _ => throw new ArgumentException($"'{rule.Rule.Name}' is no rule for an activation.", nameof(rule)),
    };

    public override Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r) => rule.Rule.Name == "FromZero" && function(0) != 0
        ? OffsetOf(function(0), z, r)
        : LostIn(Backward(rule, a, z, r), r);

    /// <summary>What a function gives for 0 is absorbed as a bias is; where it gives 0 now, all is dropped.</summary>
    public static Absorbed OffsetOf(double valueAtZero, double[] z, double[] r)
    {
        double[] offset = [.. z.Zip(r, (y, relevance) => y == 0 ? 0 : valueAtZero / y * relevance)];
        double dropped = z.Zip(r, (y, relevance) => y == 0 ? relevance : 0).Sum();
        return new(offset.Sum(), 0, dropped) { Magnitude = r.Sum(Math.Abs) + offset.Sum(Math.Abs) };
    }
}
