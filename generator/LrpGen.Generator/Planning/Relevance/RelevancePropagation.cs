namespace LrpGen.Generator.Planning;

/// <summary>
/// Plans any rule for any linear map from the rule's table alone: for every share the denominators d_j and
/// s_j = R_j / s_ε(d_j), then R_i = Σ (part of a_i) · (Wᵀ s)_i over the terms.
/// </summary>
/// <param name="inputIsNonNegative">Whether all inputs are known to be at least 0.</param>
/// <param name="relevanceIsOfPositive">Whether only positive outputs have relevance.</param>
/// <param name="inputs">What the map does with each of its inputs; the first has the bias.</param>
internal sealed class RelevancePropagation(
    Layer layer,
    Rule rule,
    NetworkFacts facts,
    bool inputIsNonNegative,
    bool relevanceIsOfPositive,
    IReadOnlyList<MapInput> inputs,
    LayerConstants constants)
{
    private readonly LinearMap map = inputs[0].Map;
    private readonly List<Step> steps = [];
    private readonly List<(Share Share, Tensor S)> quotients = [];
    private readonly Dictionary<(List<Step> Steps, Tensor A, InputPart Part, int Sign), Tensor> parts = [];

    /// <summary>The shares that are left, for the description.</summary>
    public IReadOnlyList<Share> Shares { get; } =
        Planning.Shares.Simplify(rule, inputIsNonNegative, inputs[0].Map.WeightsAreNonNegative, relevanceIsOfPositive);

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>Plans the relevance of the layer's inputs.</summary>
    /// <param name="relevance">R_j, of the layer's output.</param>
    /// <param name="a">The layer's inputs.</param>
    /// <param name="z">The layer's output.</param>
    /// <param name="fresh">Makes the tensor for R_i of an input.</param>
    /// <returns>R_i of every input; one tensor for several whose relevance is equal.</returns>
    public IReadOnlyList<Tensor> Propagate(Tensor relevance, IReadOnlyList<Tensor> a, Tensor z, Func<int, Tensor> fresh)
    {
        // Terms of the same input part share one sum over the outputs, and so do inputs of one map.
        Dictionary<LinearMap, Dictionary<(InputPart Part, int Sign), Tensor>> sums = inputs
            .Select(input => input.Map)
            .Distinct()
            .ToDictionary(map => map, _ => new Dictionary<(InputPart Part, int Sign), Tensor>());
        bool onlyTerm = Shares.SelectMany(share => share.Terms).All(term => term is { Input: InputPart.One, Sign: 1 });
        // All quotients first, because the sums over outputs are longer and need not live meanwhile.
        quotients.AddRange(Shares.Select(share => (share, Quotients(share, relevance, a, z))));
        foreach ((Share share, Tensor s) in quotients)
        {
            foreach (Term term in share.Terms)
            {
                (InputPart, int) key = (term.Input, term.Sign);
                foreach (KeyValuePair<LinearMap, Dictionary<(InputPart Part, int Sign), Tensor>> of in sums)
                {
                    of.Value.TryGetValue(key, out Tensor? sum);
                    int first = inputs.Select(input => input.Map).ToList().IndexOf(of.Key);
                    of.Value[key] = MapOf(share, of.Key).TransposedProduct(
                        steps, s, term.Weight, rule.Gamma, sum, () => onlyTerm ? fresh(first) : of.Key.NewInput("c" + Suffix(term.Input)));
                }
            }
        }

        return
        [
            .. a.Select((input, index) => sums[inputs[index].Map] is var c && onlyTerm && c.Count == 1
                ? c.Values.Single()
                : Message(c, index, input, fresh(index))),
        ];
    }

    private Tensor Message(Dictionary<(InputPart Part, int Sign), Tensor> c, int index, Tensor a, Tensor result)
    {
        Expression? sum = null;
        foreach (KeyValuePair<(InputPart Part, int Sign), Tensor> entry in c)
        {
            Expression read = new Read(entry.Value);
            Expression message = entry.Key.Part == InputPart.One ? read : PartOf(steps, entry.Key.Part, index, a) * read;
            sum = sum is null ? message.ScaledBy(entry.Key.Sign) : entry.Key.Sign > 0 ? sum + message : sum - message;
        }

        // A rule of which nothing is left gives no input any relevance.
        steps.Add(new Pointwise(sum ?? new Scaled(0, new Read(a)), result));
        return result;
    }

    /// <summary>What the shares take of the relevance, for the ledger.</summary>
    /// <param name="a">The layer's inputs.</param>
    /// <param name="nameOfSums">Name of a function that sums the terms of a share.</param>
    public IEnumerable<LedgerItem> Account(IReadOnlyList<Tensor> a, string nameOfSums)
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
    private Weighted Unnormalized(Share share, Tensor s, IReadOnlyList<Tensor> a, string nameOfSums)
    {
        List<Step> sums = [];
        Tensor u = map.NewOutput("u");
        AddProducts(sums, input => input, share.Terms, a, map.HasBias ? BiasPart.B : BiasPart.None, u);

        string summary = $"{Describe.Layer(layer)} {rule.Display}: u_j = Σ_i {Describe.Terms(share)}{(map.HasBias ? " + b_j" : "")}, for the ledger.";
        return new Weighted(s, Block.InMethod(layer.Index, nameOfSums, summary, sums, NamesOf(a)), u, Bias(BiasPart.B));
    }

    private Offsets? Bias(BiasPart part) => map.BiasOf(part, rule.Gamma);

    private Tensor Quotients(Share share, Tensor relevance, IReadOnlyList<Tensor> a, Tensor z)
    {
        Expression value = new Read(relevance);
        if (share.Normalized)
        {
            value = new Quotient(value, Denominator(share, a, z), rule.Stabilizer);
        }

        value = value.ScaledBy(share.Scale);
        if (share.Where != OutputSign.Any)
        {
            value = new Where(share.Where, new Read(z), value);
        }

        if (value is Read)
        {
            return relevance;
        }

        Tensor s = map.NewOutput("s");
        steps.Add(new Pointwise(value, s));
        return s;
    }

    /// <summary>Whether what a term gives must be computed in every call.</summary>
    private bool DependsOnInput(Term term) => !inputs.All(input => input.Map.IsConstant) || Planning.Shares.DependsOnInput(term);

    private Expression Denominator(Share share, IReadOnlyList<Tensor> a, Tensor z)
    {
        List<Term> dependent = [.. share.Terms.Where(DependsOnInput)];
        List<Term> constant = [.. share.Terms.Where(term => !DependsOnInput(term))];
        if (facts.Has(Optimizations.ReusedSums) && dependent.Count == 1 && Planning.Shares.ReusesForward(share, map.HasBias))
        {
            // z holds the bias already; what must not count of it joins the constant that is taken off.
            BiasPart surplus = share.Bias == BiasPart.None && map.HasBias ? BiasPart.B : BiasPart.None;
            if (constant.Count == 0)
            {
                return new Read(z);
            }

            List<Term> takenOff = [.. constant.Select(term => term with { Sign = -term.Sign })];
            return new Read(z) - new Read(constants.Denominator(steps, rule, takenOff, surplus));
        }

        BiasPart bias = map.HasBias ? share.Bias : BiasPart.None;
        if (dependent.Count == 0)
        {
            return new Read(constants.Denominator(steps, rule, constant, bias));
        }

        Tensor d = map.NewOutput("d");
        AddProducts(steps, of => MapOf(share, of), dependent, a, bias, d);

        return constant.Count == 0 ? new Read(d) : new Read(d) + new Read(constants.Denominator(steps, rule, constant, BiasPart.None));
    }

    /// <summary>The names of a layer's inputs within its methods: <c>a</c>, or <c>a0</c>, <c>a1</c>, ….</summary>
    public static (Tensor, string)[] NamesOf(IReadOnlyList<Tensor> a) =>
        a.Count == 1 ? [(a[0], "a")] : [.. a.Distinct().Select((input, index) => (input, FormattableString.Invariant($"a{index}")))];

    /// <summary>Σ_i of terms, over all inputs, plus a bias.</summary>
    private void AddProducts(
        List<Step> to, Func<LinearMap, LinearMap> mapOf, IReadOnlyList<Term> terms, IReadOnlyList<Tensor> a, BiasPart bias, Tensor sum)
    {
        bool isFirst = true;
        foreach (Term term in terms)
        {
            for (int index = 0; index < a.Count; index++)
            {
                BiasPart start = isFirst ? bias : BiasPart.None;
                mapOf(inputs[index].Map).Product(to, Part(to, term, index, a[index]), term.Weight, start, rule.Gamma, !isFirst, sum);
                isFirst = false;
            }
        }
    }

    private LinearMap MapOf(Share share, LinearMap of) =>
        Planning.Shares.MayBeWide(share, map.HasBias, inputIsNonNegative, relevanceIsOfPositive) ? of.Exact : of;

    /// <summary>The part of the input as a tensor of its own, to multiply with weights.</summary>
    private Tensor Part(List<Step> to, Term term, int index, Tensor a)
    {
        if (term is { Input: InputPart.A, Sign: 1 })
        {
            return a;
        }

        if (!parts.TryGetValue((to, a, term.Input, term.Sign), out Tensor? part))
        {
            part = inputs[index].Map.NewInput((term.Input == InputPart.One ? "ones" : "a" + Suffix(term.Input)) + (term.Sign < 0 ? "Negated" : ""));
            to.Add(term.Input == InputPart.One
                ? new Fill([term.Sign], inputs[index].Seen, part)
                : new Pointwise(PartOf(to, term.Input, index, a).ScaledBy(term.Sign), part));
            parts.Add((to, a, term.Input, term.Sign), part);
        }

        return part;
    }

    private Expression PartOf(List<Step> to, InputPart part, int index, Tensor a) => part switch
    {
        InputPart.APositive => new PositivePart(new Read(a)),
        InputPart.ANegative => new NegativePart(new Read(a)),
        InputPart.Low or InputPart.High => new Read(constants.Bound(to, rule, part, 1, index)),
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
