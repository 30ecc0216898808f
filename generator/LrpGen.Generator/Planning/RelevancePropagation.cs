namespace LrpGen.Generator.Planning;

/// <summary>
/// Plans any rule for any linear map from the rule's table alone: for every share the denominators d_j and
/// s_j = R_j / s_ε(d_j), then R_i = Σ (part of a_i) · (Wᵀ s)_i over the terms.
/// </summary>
internal sealed class RelevancePropagation(Rule rule, bool inputIsNonNegative, LinearMap map, LayerConstants constants)
{
    private readonly List<Step> steps = [];
    private readonly Dictionary<(InputPart Part, int Sign), Tensor> parts = [];
    private Tensor? output;

    /// <summary>The shares that are left, for the description.</summary>
    public IReadOnlyList<Share> Shares { get; } =
        Planning.Shares.Simplify(rule, inputIsNonNegative, map.WeightsAreNonNegative);

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
        foreach (Share share in Shares)
        {
            Tensor s = Quotients(share, relevance, a, z);
            foreach (Term term in share.Terms)
            {
                (InputPart, int) key = (term.Input, term.Sign);
                bool first = !c.ContainsKey(key);
                if (first)
                {
                    c[key] = onlyTerm ? result : map.NewInput("c" + Suffix(term.Input));
                }

                map.TransposedProduct(steps, s, term.Weight, rule.Gamma, !first, c[key]);
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
            map.Product(steps, Part(term, a), term.Weight, i == 0 ? bias : BiasPart.None, rule.Gamma, i > 0, d);
        }

        return constant.Count == 0 ? new Read(d) : new Read(d) + new Read(map.Restrict(steps, constants.Denominator(rule, constant, BiasPart.None)));
    }

    private Read Output(Tensor z) => new(output ??= map.Restrict(steps, z));

    /// <summary>The part of the input as a tensor of its own, to multiply with weights.</summary>
    private Tensor Part(Term term, Tensor a)
    {
        if (term is { Input: InputPart.A, Sign: 1 })
        {
            return a;
        }

        if (!parts.TryGetValue((term.Input, term.Sign), out Tensor? part))
        {
            part = map.NewInput("a" + Suffix(term.Input) + (term.Sign < 0 ? "Negated" : ""));
            steps.Add(new Pointwise(PartOf(term.Input, a).ScaledBy(term.Sign), part));
            parts.Add((term.Input, term.Sign), part);
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
