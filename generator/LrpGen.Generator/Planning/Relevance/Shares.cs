namespace LrpGen.Generator.Planning;

/// <summary>Passes that simplify a rule's shares by what is known of a layer.</summary>
internal static class Shares
{
    private static readonly WeightPart[] AtLeastW = [WeightPart.W, WeightPart.WPositive, WeightPart.WGammaPositive];
    private static readonly WeightPart[] AtMostW = [WeightPart.W, WeightPart.WNegative, WeightPart.WGammaNegative];

    /// <summary>
    /// Where a ≥ 0, a⁺ = a and a⁻ = 0: half of the terms of z⁺, αβ and γ vanish; likewise where w ≥ 0. With γ = 0, w + γw⁺ = w.
    /// a⁺ and a⁻ times the same are a times it. A share without terms or of weight 0 (αβ with β = 0) vanishes whole, and so does γ's for
    /// negative outputs where these have no relevance.
    /// </summary>
    public static IReadOnlyList<Share> Simplify(Rule rule, bool inputIsNonNegative, bool weightsAreNonNegative, bool relevanceIsOfPositive = false) =>
    [
        .. SimplifyTerms(rule, inputIsNonNegative, weightsAreNonNegative)
            .Where(share => share.Terms.Count > 0 && !(relevanceIsOfPositive && share.Where == OutputSign.Negative))
            .Select(share => relevanceIsOfPositive ? share with { Where = OutputSign.Any } : share),
    ];

    /// <summary>The shares with a denominator that vanish because no term is left.</summary>
    public static IEnumerable<Share> WithoutTerms(Rule rule, bool inputIsNonNegative, bool weightsAreNonNegative) =>
        SimplifyTerms(rule, inputIsNonNegative, weightsAreNonNegative)
            .Where(share => share is { Terms.Count: 0, Normalized: true, Where: OutputSign.Any });

    /// <summary>Whether the term depends on the layer's input, so that its product must be computed in every call.</summary>
    public static bool DependsOnInput(Term term) => term.Input is InputPart.A or InputPart.APositive or InputPart.ANegative;

    /// <summary>Whether the terms that depend on the input are those of the forward pass, whose z then serves again.</summary>
    /// <remarks>Without the bias only if other terms are there: z − b alone would cancel where a sum does not.</remarks>
    public static bool ReusesForward(Share share, bool layerHasBias)
    {
        List<Term> dependent = [.. share.Terms.Where(DependsOnInput)];
        bool sameTerms = dependent.Count == 1 && dependent[0] == new Term(1, InputPart.A, WeightPart.W);
        bool sameBias = share.Bias == BiasPart.B || !layerHasBias;
        return sameTerms && (sameBias || (share.Bias == BiasPart.None && share.Terms.Count > 1));
    }

    /// <summary>
    /// Whether s_j may be far larger than R_j / z_j, which ε has: where the denominator is not known to be at least z_j, it may be 0 while all
    /// that s_j is multiplied by is 0 too. So under αβ for w⁻, or without a bias part. Then neither denominators nor sums may carry the
    /// rounding of others.
    /// </summary>
    public static bool MayBeWide(Share share, bool layerHasBias, bool inputIsNonNegative, bool relevanceIsOfPositive)
    {
        bool biasIsAtLeastB = !layerHasBias || share.Bias is BiasPart.B or BiasPart.BPositive or BiasPart.BGammaPositive;
        bool isAtLeastZ = relevanceIsOfPositive
            && biasIsAtLeastB
            && share.Terms.All(term => term.Sign > 0)
            && (Has([WeightPart.W], InputPart.A)
                || (inputIsNonNegative && Has(AtLeastW, InputPart.A, InputPart.APositive))
                || (Has(AtLeastW, InputPart.APositive) && Has(AtMostW, InputPart.ANegative)));
        return share.Normalized && !ReusesForward(share, layerHasBias) && !isAtLeastZ;

        bool Has(WeightPart[] weights, params InputPart[] inputs) =>
            share.Terms.Any(term => inputs.Contains(term.Input) && weights.Contains(term.Weight));
    }

    /// <summary>
    /// Whether shares need z where it is negative. As a denominator it is needed only where there is relevance; but what a sign is asked of is
    /// needed everywhere.
    /// </summary>
    public static bool NeedNegativeSums(IEnumerable<Share> shares, bool layerHasBias, bool relevanceIsOfPositive) => shares.Any(share =>
        share.Where != OutputSign.Any
        || (share.Normalized && ReusesForward(share, layerHasBias) && !relevanceIsOfPositive));

    private static IEnumerable<Share> SimplifyTerms(Rule rule, bool inputIsNonNegative, bool weightsAreNonNegative) => rule.Shares
        .Where(share => share.Scale != 0)
        .Select(share => share with
        {
            Terms = Merge(share.Terms
                .Where(term => !(inputIsNonNegative && term.Input == InputPart.ANegative))
                .Where(term => !(weightsAreNonNegative && term.Weight == WeightPart.WNegative))
                .Select(term => inputIsNonNegative && term.Input == InputPart.APositive ? term with { Input = InputPart.A } : term)
                .Select(term => term with { Weight = Simplify(term.Weight, rule.Gamma == 0, weightsAreNonNegative) })),
            Bias = share.Bias is BiasPart.BGammaPositive or BiasPart.BGammaNegative && rule.Gamma == 0 ? BiasPart.B : share.Bias,
        });

    private static WeightPart Simplify(WeightPart part, bool gammaIsZero, bool weightsAreNonNegative) => part switch
    {
        WeightPart.WGammaPositive when gammaIsZero => WeightPart.W,
        WeightPart.WGammaNegative when gammaIsZero || weightsAreNonNegative => WeightPart.W,
        WeightPart.WPositive when weightsAreNonNegative => WeightPart.W,
        _ => part,
    };

    private static EquatableArray<Term> Merge(IEnumerable<Term> terms)
    {
        List<Term> merged = [.. terms];
        foreach (Term positive in merged.Where(term => term.Input == InputPart.APositive).ToList())
        {
            if (merged.Remove(positive with { Input = InputPart.ANegative }))
            {
                merged[merged.IndexOf(positive)] = positive with { Input = InputPart.A };
            }
        }

        return merged.ToEquatableArray();
    }
}
