namespace LrpGen.Tests.Reference;

/// <summary>What an input a with weight w and bounds l ≤ a ≤ h contributes to an output.</summary>
internal delegate double Contribution(double a, double w, double l, double h);

/// <summary>R_i = Scale · Σ_j term_ij R_j / s(Σ_i term_ij + bias_j) over the outputs whose z_j is in <see cref="Where"/>.</summary>
/// <param name="Term">The contribution.</param>
/// <param name="Bias">Part of the bias in the denominator.</param>
internal sealed record Share(Contribution Term, Func<double, double> Bias)
{
    public double Scale { get; init; } = 1;

    public Func<double, bool> Where { get; init; } = static z => true;

    /// <summary>Whether the sum divides; a gradient has no denominator.</summary>
    public bool Normalized { get; init; } = true;

    /// <summary>Whether generated code takes the sum from z, with which it shares its rounding, rather than adding it up anew.</summary>
    public bool FromOutput { get; init; }
}

/// <summary>The rules for layers with weights, as shares to be added up.</summary>
internal static class RuleTable
{
    public static IReadOnlyList<Share> SharesOf(RuleSpec rule)
    {
        double γ = rule.Name == "Gamma" ? rule.Parameters[0] : 0;
        (double α, double β) = rule.Name == "AlphaBeta" ? (rule.Parameters[0], rule.Parameters[1]) : (1, 0);
        return rule.Name switch
        {
            "Epsilon" => [new((a, w, l, h) => a * w, b => b)],
            "Gamma" =>
            [
                new((a, w, l, h) => (P(a) * (w + (γ * P(w)))) + (N(a) * (w + (γ * N(w)))), b => b + (γ * P(b))) { Where = z => z > 0 },
                new((a, w, l, h) => (P(a) * (w + (γ * N(w)))) + (N(a) * (w + (γ * P(w)))), b => b + (γ * N(b))) { Where = z => z < 0 },
            ],
            "ZPlus" => [new((a, w, l, h) => (P(a) * P(w)) + (N(a) * N(w)), P)],
            "AlphaBeta" =>
            [
                new((a, w, l, h) => (P(a) * P(w)) + (N(a) * N(w)), P) { Scale = α },
                new((a, w, l, h) => (P(a) * N(w)) + (N(a) * P(w)), N) { Scale = -β },
            ],
            "ZBox" => [new((a, w, l, h) => (a * w) - (l * P(w)) - (h * N(w)), b => 0) { FromOutput = true }],
            "WSquare" => [new((a, w, l, h) => w * w, b => b * b)],
            "Flat" => [new((a, w, l, h) => 1, b => 0)],
            "Norm" => [new((a, w, l, h) => a * w, b => 0)],
            "Derivative" => [new((a, w, l, h) => w, b => 0) { Normalized = false }],
            _ => throw new ArgumentException($"'{rule.Name}' is no rule for a layer with weights.", nameof(rule)),
        };
    }

    /// <summary>x⁺.</summary>
    public static double P(double x) => Math.Max(x, 0);

    /// <summary>x⁻.</summary>
    private static double N(double x) => Math.Min(x, 0);
}
