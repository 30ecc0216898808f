namespace LrpGen.Generator.Rules;

/// <summary>Part of a layer's input in a term; One is a term without input, Low and High are the bounds of the network's input.</summary>
internal enum InputPart
{
    One,
    A,
    APositive,
    ANegative,
    Low,
    High,
}

/// <summary>Part of a layer's weights in a term. WGammaPositive is w + γw⁺, WGammaNegative w + γw⁻.</summary>
internal enum WeightPart
{
    One,
    W,
    WPositive,
    WNegative,
    WSquared,
    WGammaPositive,
    WGammaNegative,
}

/// <summary>Part of a layer's bias in a denominator, likewise.</summary>
internal enum BiasPart
{
    None,
    B,
    BPositive,
    BNegative,
    BSquared,
    BGammaPositive,
    BGammaNegative,
}

/// <summary>The outputs that take part in a share.</summary>
internal enum OutputSign
{
    Any,
    Positive,
    Negative,
}

/// <summary>How relevance goes back through an activation; see the runtime's <c>Gate</c>.</summary>
internal enum Gate
{
    Pass,
    Derivative,
    Guided,
    Rectified,
    Half,
    FromZero,
    Taylor,
}

/// <summary>One product of input and weight.</summary>
/// <param name="Sign">1 or −1.</param>
internal readonly record struct Term(int Sign, InputPart Input, WeightPart Weight)
{
    /// <summary>Whether a share with these terms is the chain rule, up to its scale.</summary>
    public static bool AreDerivative(EquatableArray<Term> terms, bool normalized) =>
        !normalized && terms.SequenceEqual([new Term(1, InputPart.One, WeightPart.W)]);

    /// <summary>Whether a share with these terms is in proportion to what each input adds to z.</summary>
    public static bool AreProportional(EquatableArray<Term> terms) => terms.SequenceEqual([new Term(1, InputPart.A, WeightPart.W)]);
}

/// <summary>Σ terms · s_j with s_j = Scale · R_j / s_ε(Σ terms + bias): one share of a rule.</summary>
/// <param name="Scale">1, or α, or −β, as a number.</param>
/// <param name="Normalized">False for s_j = Scale · R_j.</param>
internal sealed record Share(EquatableArray<Term> Terms, BiasPart Bias, double Scale, OutputSign Where, bool Normalized);

/// <summary>A rule with its parameters: what happens to relevance at one layer.</summary>
/// <param name="Name">As the user wrote it, such as <c>ZPlus</c>.</param>
/// <param name="Display">With its parameters, such as <c>Gamma(0.25)</c>.</param>
/// <param name="Shares">For layers with weights; empty if the rule is for activations only.</param>
/// <param name="Gate">For activations; null if the rule is for layers with weights only.</param>
/// <param name="Gamma">γ.</param>
/// <param name="Lows">Lower bounds per input channel, or one for all, or none.</param>
/// <param name="Highs">Upper bounds, likewise.</param>
/// <param name="Stabilizer">ε.</param>
internal sealed record Rule(
    string Name,
    string Display,
    EquatableArray<Share> Shares,
    Gate? Gate,
    double Gamma,
    EquatableArray<double> Lows,
    EquatableArray<double> Highs,
    double Stabilizer)
{
    /// <summary>The rule of which every share has a part.</summary>
    public Rule ScaledBy(double part) => this with { Shares = Shares.Select(share => share with { Scale = part * share.Scale }).ToEquatableArray() };

    /// <summary>
    /// Whether it favours w⁺ or w⁻ whatever the input's sign is. Of a negative input that is the wrong one, and what adds up to a denominator may
    /// cancel.
    /// </summary>
    public bool HasSimpleGamma => Gamma != 0 && Shares.Any(share => share.Normalized && share.Terms.Any(term =>
        term is { Input: InputPart.A, Weight: WeightPart.WGammaPositive or WeightPart.WGammaNegative }));

    /// <summary>Whether it is the chain rule.</summary>
    public bool IsDerivative =>
        Gate is null or Rules.Gate.Derivative
        && Shares.All(share => share.Scale == 1 && Term.AreDerivative(share.Terms, share.Normalized));
}
