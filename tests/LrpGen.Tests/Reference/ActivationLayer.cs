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
        "FromZero" => FromZero(rule, function(0), z, r),
        _ => throw new ArgumentException($"'{rule.Rule.Name}' is no rule for an activation.", nameof(rule)),
    };

    public override Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r) => rule.Rule.Name == "FromZero" && function(0) != 0
        ? AbsorbFromZero(rule, function(0), z, r)
        : LostIn(Backward(rule, a, z, r), r);

    /// <summary>(f(z) − f(0)) R / s(f(z)).</summary>
    public static double[] FromZero(BoundRule rule, double valueAtZero, double[] z, double[] r) =>
        [.. z.Zip(Quotients(rule, z, r), (y, s) => (y - valueAtZero) * s)];

    /// <summary>What a function gives for 0 is absorbed as a bias is; where it gives 0 now and ε is 0, all is dropped.</summary>
    public static Absorbed AbsorbFromZero(BoundRule rule, double valueAtZero, double[] z, double[] r)
    {
        double[] s = Quotients(rule, z, r);
        double stabilizer = z.Zip(s, (y, quotient) => Stabilizer(rule, y) * quotient).Sum();
        double dropped = s.Zip(r, (quotient, relevance) => quotient == 0 ? relevance : 0).Sum();
        return new(valueAtZero * s.Sum(), stabilizer, dropped) { Magnitude = r.Sum(Math.Abs) + (Math.Abs(valueAtZero) * s.Sum(Math.Abs)) };
    }

    private static double[] Quotients(BoundRule rule, double[] z, double[] r) =>
        [.. z.Zip(r, (y, relevance) => y + Stabilizer(rule, y) is var d && d == 0 ? 0 : relevance / d)];

    private static double Stabilizer(BoundRule rule, double y) => y < 0 ? -rule.Rule.Stabilizer : rule.Rule.Stabilizer;
}
