using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>A product of a part of the input and a part of the weight.</summary>
internal sealed record Term(Func<double, double> Input, Func<double, double> Weight);

/// <summary>R_i = Σ_j term_ij R_j / s(Σ_i term_ij + bias_j) over the outputs whose z_j is in <see cref="Where"/>.</summary>
/// <param name="Bias">The part of the bias.</param>
/// <param name="Terms">They add up.</param>
internal sealed record Share(Func<double, double> Bias, params IReadOnlyList<Term> Terms)
{
    private const double γ = 0.25;
    private const double Low = -3;
    private const double High = 3;

    private static readonly Share[] Epsilon = [new(b => b, new Term(a => a, w => w))];

    private static readonly Share[] Flat = [new(_ => 0, new Term(_ => 1, _ => 1))];

    private static readonly Share[] ZPlus = [new(P, new Term(P, P), new Term(N, N))];

    private static readonly Share[] Gamma =
    [
        new(b => b + (γ * P(b)), new Term(P, w => w + (γ * P(w))), new Term(N, w => w + (γ * N(w)))) { Where = z => z > 0 },
        new(b => b + (γ * N(b)), new Term(P, w => w + (γ * N(w))), new Term(N, w => w + (γ * P(w)))) { Where = z => z < 0 },
    ];

    private static readonly Share[] ZBox = [new(_ => 0, new Term(a => a, w => w), new Term(_ => -Low, P), new Term(_ => -High, N))];

    public Func<double, bool> Where { get; init; } = static _ => true;

    /// <summary>The rule of a layer.</summary>
    public static IReadOnlyList<Share> Of(Item item, bool isFirst, bool isConvolution) => (item, isFirst, isConvolution) switch
    {
        (Item.C, true, _) => Flat,
        (Item.C, _, true) => ZPlus,
        (Item.G, true, true) => ZBox,
        (Item.G, _, true) => Gamma,
        _ => Epsilon,
    };

    /// <summary>x⁺.</summary>
    private static double P(double x) => Math.Max(x, 0);

    /// <summary>x⁻.</summary>
    private static double N(double x) => Math.Min(x, 0);
}
