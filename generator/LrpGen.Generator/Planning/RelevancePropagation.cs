namespace LrpGen.Generator.Planning;

/// <summary>
/// Plans any rule for any linear map from the rule's table alone: for every share the denominators d_j and
/// s_j = R_j / s_ε(d_j), then R_i = Σ (part of a_i) · (Wᵀ s)_i over the terms.
/// </summary>
/// <param name="relevanceIsOfPositive">Whether only positive outputs have relevance.</param>
internal sealed class RelevancePropagation(
    Layer layer, Rule rule, bool inputIsNonNegative, bool relevanceIsOfPositive, LinearMap map, LayerConstants constants)
{
    private readonly List<Step> steps = [];
    private readonly List<(Share Share, Tensor S)> quotients = [];
    private readonly Dictionary<(List<Step> Steps, InputPart Part, int Sign), Tensor> parts = [];
    private Tensor? output;

    /// <summary>The shares that are left, for the description.</summary>
    public IReadOnlyList<Share> Shares { get; } =
        Planning.Shares.Simplify(rule, inputIsNonNegative, map.WeightsAreNonNegative, relevanceIsOfPositive);

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>Plans the relevance of the layer's input.</summary>
    /// <param name="relevance">R_j, of the layer's output.</param>
    /// <param name="a">The layer's input.</param>
    /// <param name="z">The layer's output.</param>
    /// <param name="result">R_i.</param>
    public void Propagate(Tensor relevance, Tensor a, Tensor z, Tensor result)
    {
        // Terms of the same input part share one sum over the outputs.
        Dictionary<(InputPart Part, int Sign), Tensor> c = [];
        bool onlyTerm = Shares.SelectMany(share => share.Terms).All(term => term is { Input: InputPart.One, Sign: 1 });
        // All quotients first, because the sums over outputs are longer and need not live meanwhile.
        quotients.AddRange(Shares.Select(share => (share, Quotients(share, relevance, a, z))));
        foreach ((Share share, Tensor s) in quotients)
        {
            foreach (Term term in share.Terms)
            {
                (InputPart, int) key = (term.Input, term.Sign);
                bool first = !c.ContainsKey(key);
                if (first)
                {
                    c[key] = onlyTerm ? result : map.NewInput("c" + Suffix(term.Input));
                }

                MapOf(share).TransposedProduct(steps, s, term.Weight, rule.Gamma, !first, c[key]);
            }
        }

        if (onlyTerm && c.Count == 1)
        {
            return;
        }

        Expression? sum = null;
        foreach (KeyValuePair<(InputPart Part, int Sign), Tensor> entry in c)
        {
            Expression message = entry.Key.Part == InputPart.One ? new Read(entry.Value) : PartOf(entry.Key.Part, a) * new Read(entry.Value);
            sum = sum is null ? message.ScaledBy(entry.Key.Sign) : entry.Key.Sign > 0 ? sum + message : sum - message;
        }

        // A rule of which nothing is left gives no input any relevance.
        steps.Add(new Pointwise(sum ?? new Scaled(0, new Read(a)), result));
    }

    /// <summary>What the shares take of the relevance, for the ledger.</summary>
    /// <param name="a">The layer's input.</param>
    /// <param name="nameOfSums">Name of a function that sums the terms of a share.</param>
    public IEnumerable<LedgerItem> Account(Tensor a, string nameOfSums)
    {
        foreach ((Share share, Tensor s) in quotients)
        {
            yield return share.Normalized
                ? new Shared(s, share.Scale, rule.Stabilizer, Bias(share.Bias))
                : Unnormalized(share, s, a, nameOfSums);
        }

        foreach (Share share in Planning.Shares.WithoutTerms(rule, inputIsNonNegative, map.WeightsAreNonNegative))
        {
            yield return new Shared(null, share.Scale, rule.Stabilizer, Bias(share.Bias));
        }
    }

    // The sums start from the bias, so that the forward pass's method serves.
    private Weighted Unnormalized(Share share, Tensor s, Tensor a, string nameOfSums)
    {
        List<Step> sums = [];
        Tensor u = map.NewOutput("u");
        for (int i = 0; i < share.Terms.Count; i++)
        {
            BiasPart bias = i == 0 && map.HasBias ? BiasPart.B : BiasPart.None;
            map.Product(sums, Part(sums, share.Terms[i], a), share.Terms[i].Weight, bias, rule.Gamma, i > 0, u);
        }

        string summary = $"{Describe.Layer(layer)} {rule.Display}: u_j = Σ_i {Describe.Terms(share)}{(map.HasBias ? " + b_j" : "")}, for the ledger.";
        return new Weighted(s, Block.InMethod(layer.Index, nameOfSums, summary, sums, (a, "a")), u, Bias(BiasPart.B));
    }

    private BiasSet? Bias(BiasPart part) => map.HasBias ? BiasSet.Of(layer.Index, part, rule.Gamma) : null;

    private Tensor Quotients(Share share, Tensor relevance, Tensor a, Tensor z)
    {
        Expression value = new Read(relevance);
        if (share.Normalized)
        {
            value = new Quotient(value, Denominator(share, a, z), rule.Stabilizer);
        }

        value = value.ScaledBy(share.Scale);
        if (share.Where != OutputSign.Any)
        {
            value = new Where(share.Where, Output(z), value);
        }

        if (value is Read)
        {
            return relevance;
        }

        Tensor s = map.NewOutput("s");
        steps.Add(new Pointwise(value, s));
        return s;
    }

    private Expression Denominator(Share share, Tensor a, Tensor z)
    {
        List<Term> dependent = [.. share.Terms.Where(Planning.Shares.DependsOnInput)];
        List<Term> constant = [.. share.Terms.Where(term => !Planning.Shares.DependsOnInput(term))];
        if (Planning.Shares.ReusesForward(share, map.HasBias))
        {
            // z holds the bias already; what must not count of it joins the constant that is taken off.
            BiasPart surplus = share.Bias == BiasPart.None && map.HasBias ? BiasPart.B : BiasPart.None;
            if (constant.Count == 0)
            {
                return Output(z);
            }

            List<Term> takenOff = [.. constant.Select(term => term with { Sign = -term.Sign })];
            return Output(z) - new Read(map.Restrict(steps, constants.Denominator(rule, takenOff, surplus)));
        }

        BiasPart bias = map.HasBias ? share.Bias : BiasPart.None;
        if (dependent.Count == 0)
        {
            return new Read(map.Restrict(steps, constants.Denominator(rule, constant, bias)));
        }

        Tensor d = map.NewOutput("d");
        for (int i = 0; i < dependent.Count; i++)
        {
            Term term = dependent[i];
            MapOf(share).Product(steps, Part(steps, term, a), term.Weight, i == 0 ? bias : BiasPart.None, rule.Gamma, i > 0, d);
        }

        return constant.Count == 0 ? new Read(d) : new Read(d) + new Read(map.Restrict(steps, constants.Denominator(rule, constant, BiasPart.None)));
    }

    private LinearMap MapOf(Share share) =>
        Planning.Shares.MayBeWide(share, map.HasBias, inputIsNonNegative, relevanceIsOfPositive) ? map.Direct : map;

    private Read Output(Tensor z) => new(output ??= map.Restrict(steps, z));

    /// <summary>The part of the input as a tensor of its own, to multiply with weights.</summary>
    private Tensor Part(List<Step> to, Term term, Tensor a)
    {
        if (term is { Input: InputPart.A, Sign: 1 })
        {
            return a;
        }

        if (!parts.TryGetValue((to, term.Input, term.Sign), out Tensor? part))
        {
            part = map.NewInput((term.Input == InputPart.One ? "ones" : "a" + Suffix(term.Input)) + (term.Sign < 0 ? "Negated" : ""));
            to.Add(term.Input == InputPart.One ? new Fill([term.Sign], part) : new Pointwise(PartOf(term.Input, a).ScaledBy(term.Sign), part));
            parts.Add((to, term.Input, term.Sign), part);
        }

        return part;
    }

    private Expression PartOf(InputPart part, Tensor a) => part switch
    {
        InputPart.APositive => new PositivePart(new Read(a)),
        InputPart.ANegative => new NegativePart(new Read(a)),
        InputPart.Low or InputPart.High => new Read(constants.Bound(rule, part, 1)),
        _ => new Read(a),
    };

    private static string Suffix(InputPart part) => part switch
    {
        InputPart.APositive => "Positive",
        InputPart.ANegative => "Negative",
        InputPart.Low => "Low",
        InputPart.High => "High",
        _ => "",
    };
}
