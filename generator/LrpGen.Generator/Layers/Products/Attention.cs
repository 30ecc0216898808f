using System.Globalization;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>O = P V with P = softmax(c A), A = Q Kᵀ, for heads that lie side by side in the lanes.</summary>
/// <param name="Heads">Of queries.</param>
/// <param name="KeyValueHeads">Of keys and values: each is for several of queries, in a row.</param>
/// <param name="Queries">T.</param>
/// <param name="Keys">S.</param>
/// <param name="Inner">Features of a head of queries and keys.</param>
/// <param name="Columns">Features of a head of values.</param>
/// <param name="Scale">c.</param>
/// <param name="Causal">Whether a query sees the keys up to its own position only.</param>
internal sealed record Attention(
    int Heads, int KeyValueHeads, int Queries, int Keys, int Inner, int Columns, double Scale, bool Causal) : PlannedOperation
{
    /// <summary>Floats of a page of memory.</summary>
    private const int Page = 1024;

    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int heads = layer.Arguments.Integer(1, 1, "Heads");
        int shared = layer.Arguments.Integer(heads, 1, heads, "KeyValueHeads");
        bool causal = layer.Arguments.Flag("Causal", false);
        double? given = layer.Arguments.Has("Scale") ? layer.Arguments.Number("Scale", 1) : null;
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        if (layer.Inputs.Count != 3)
        {
            layer.Arguments.OutOfRange("inputs", "the names of three layers", layer.Inputs.Count);
            return null;
        }

        if (given == 0)
        {
            layer.Arguments.OutOfRange("Scale", "a number other than 0", 0);
            return null;
        }

        if (heads % shared != 0)
        {
            layer.Arguments.OutOfRange("KeyValueHeads", $"a divisor of {heads}", shared);
            return null;
        }

        (Shape q, Shape k, Shape v) = (layer.Inputs[0], layer.Inputs[1], layer.Inputs[2]);
        if (layer.Inputs.Any(input => input.Rank != 2)
            || q[1] % heads != 0
            || k[1] != q[1] / heads * shared
            || v[0] != k[0]
            || v[1] % shared != 0)
        {
            string keys = heads == shared ? $"{heads}·d" : $"{shared}·d";
            return layer.InputsDiffer($"inputs (T, {heads}·d), (S, {keys}) and (S, {shared}·e)");
        }

        (int inner, int columns) = (q[1] / heads, v[1] / shared);
        Attention attention = new(heads, shared, q[0], k[0], inner, columns, given ?? 1 / Math.Sqrt(inner), causal);
        return !attention.Fits(layer) ? null : layer.Writes(attention, q[0], (long)heads * columns);
    }

    /// <summary>Whether the scores fit in a buffer; reports it if not.</summary>
    public bool Fits(LayerDeclaration layer) =>
        ValuesKept <= Limits.Buffer || layer.Fault(Descriptors.TooLarge, null, $"What {layer.Kind} keeps of its scores", Limits.Buffer);

    // Weights, and as much on the way back; keys and values that several heads share, and what these count.
    public override double ValuesKept =>
        (2.0 * Heads * Queries * Pitch)
        + (KeyValueHeads == Heads ? 0 : 2.0 * Keys * (Limits.Pitch(Heads * Inner) + Limits.Pitch(Heads * Columns)));

    public override LayerKinds RuleKind => LayerKinds.Attention;

    public override Rule DefaultRule => DefaultRules.GatedProduct;

    public override int? OwnHeads => Heads;

    public override long MultiplyAdds => (long)Heads * Queries * Keys * (Inner + Columns);

    public override Sign SignOf(Sign input) => input;

    public override bool IsSelection => false;

    // One of both may be a single row, beside as many of the other as calls choose.
    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis != 0 ? Variation.Impossible
        : Queries == Keys || Keys == 1 ? Variation.Of(0, axis.Count)
        : Queries == 1 ? Variation.Ends
        : Variation.Impossible;

    public override SomeRows? RowsRead(int input, SomeRows? written) => input == 0 ? written : null;

    public override int LanesToRead(Shape input, int present) => 1;

    public override int LanesWritten(Shape input, int lanes) => 1;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override IEnumerable<string> Details =>
    [
        Heads == 1 ? "1 head" : $"{Heads} heads",
        .. KeyValueHeads == Heads ? [] : new[] { $"{KeyValueHeads} of keys and values" },
        .. Causal ? ["causal"] : Array.Empty<string>(),
    ];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        [("heads", [Heads]), ("key_value_heads", [KeyValueHeads]), ("causal", [Causal ? 1 : 0]), ("scale", [Scale])];

    public override void Forward(LayerForward plan) => plan.Method("z", "z = softmax(c Q Kᵀ) V.", (steps, to) =>
    {
        (Tensor k, Tensor v) = (Repeated(plan, steps, 1, Inner), Repeated(plan, steps, 2, Columns));
        Tensor p = plan.Keep("P", ScoresOf(plan.Input(0)));
        FormOfScores(plan.Input(0), k).Product(steps, plan.Input(0), k, accumulate: false, p, plan.Names);
        steps.Add(new Activate(Softmax, p, p) { LanesOf = k.Varies ? k : null });
        FormOfOutput(v, to).Product(steps, p, v, accumulate: false, to, plan.Names);
    });

    /// <summary>
    /// The weights P are constants, and values have all; or either has half, and the softmax is expanded, so that no score is divided by; or the
    /// derivative. Achtibat et al. 2024, Ali et al. 2022.
    /// </summary>
    public override void Backward(LayerBackward plan)
    {
        bool isDerivative = plan.Rule.Gate == Gate.Derivative;
        bool isGated = plan.Rule.Gate == Gate.Pass;
        double part = isGated || isDerivative ? 1 : 0.5;
        (Tensor q, Tensor k, Tensor v) = (plan.Input(0), RepeatedOf(plan, 1), RepeatedOf(plan, 2));
        Tensor p = plan.Kept("P");
        List<Step> steps = [];
        List<LedgerItem> items = [];
        List<(int Input, Tensor Result)> results = [];
        Tensor u = plan.Relevance;
        if (!isDerivative)
        {
            u = plan.Names.New("s", plan.Context.Output);
            Quotient quotient = new(new Read(plan.Relevance), new Read(plan.Output), plan.Rule.Stabilizer);
            steps.Add(new Pointwise(quotient.ScaledBy(part), u));
            items.Add(new Shared(u, part, plan.Rule.Stabilizer, null));
        }

        MatrixForm output = FormOfOutput(v, plan.Output);
        Share(2, v, Columns, 1, to => output.OfRight(steps, p, u, accumulate: false, to, plan.Names));
        if (!isGated)
        {
            Tensor g = plan.Names.New("g", ScoresOf(q));
            output.OfLeft(steps, u, v, accumulate: false, g, plan.Names);
            steps.Add(new Differentiate(Softmax, p, g, g) { LanesOf = v.Varies ? v : null });
            MatrixForm scores = FormOfScores(q, k);
            Share(0, q, Inner, part, to => scores.OfLeft(steps, g, k, accumulate: false, to, plan.Names));
            Share(1, k, Inner, part, to => scores.OfRight(steps, q, g, accumulate: false, to, plan.Names));
            if (!isDerivative)
            {
                // The weights' half.
                items.AddRange([items[0], Expanded(plan, u, g, q, k)]);
            }
        }

        results.Sort((one, other) => one.Input.CompareTo(other.Input));
        plan.Method(
            plan.Rule.Name,
            Formula(isGated, isDerivative),
            steps,
            [
                (plan.Output, "z"),
                (plan.Relevance, "Rj"),
                (q, "Q"),
                (k, "K"),
                (v, "V"),
                .. results.Select(given => (given.Result, "R" + "QKV"[given.Input])),
            ]);
        foreach ((int input, Tensor result) in results)
        {
            Arrangement arrangement = plan.Context.Read(input);
            items.Add(isDerivative ? new Given(result, arrangement) : new HandedOn(result, arrangement));
            plan.Give(result, input);
        }

        plan.Account([.. items]);

        void Share(int input, Tensor a, int features, double scale, Action<Tensor> product)
        {
            Tensor result = plan.NewRelevance(input);
            Finish(plan, steps, input, features, a, isDerivative, scale, result, product);
            results.Add((input, result));
        }
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;

    public override string Remark(PlanContext context) =>
        $"looped: {MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture)} multiply-adds";

    private static string Formula(bool isGated, bool isDerivative) =>
        isGated ? "R_V = V ⊙ (Pᵀ s), s = R ⊘ s_ε(z), with the weights P as constants."
        : isDerivative ? "∂z/∂V = Pᵀ R; G = c P ⊙ (R Vᵀ − Σ P ⊙ R Vᵀ), ∂z/∂Q = G K, ∂z/∂K = Gᵀ Q."
        : "R_V = V ⊙ (Pᵀ s), s = ½ R ⊘ s_ε(z); G = c P ⊙ (s Vᵀ − Σ P ⊙ s Vᵀ), R_Q = ½ Q ⊙ (G K), R_K = ½ K ⊙ (Gᵀ Q).";

    private Function Softmax => new("AttentionWeights", [Scale, Causal ? Heads : 0], FunctionKind.Row) { IsCausal = Causal };

    /// <summary>For the ledger, which alone needs the scores once more.</summary>
    private ExpandedWeights Expanded(LayerBackward plan, Tensor s, Tensor g, Tensor q, Tensor k)
    {
        Tensor a = plan.Names.New("A", ScoresOf(q));
        List<Step> steps = [];
        FormOfScores(q, k).Product(steps, q, k, accumulate: false, a, plan.Names);
        string method = $"Scores{plan.Context.Facts.Identifiers[plan.Layer.Index]}";
        string summary = $"{Describe.Layer(plan.Layer)} A = Q Kᵀ, for the ledger.";
        return new ExpandedWeights(s, plan.Output, g, a, Block.InMethod(plan.Layer.Index, method, summary, steps, (q, "Q"), (k, "K")));
    }

    /// <summary>For every query a row for each head.</summary>
    private Extent ScoresOf(Tensor q) => new(Heads * Queries, Keys, Pitch, q.Extent.Count);

    // At a stride of pages, the weights of a key would share few places of the cache.
    private int Pitch => Simd.RoundUp(Keys) + ((long)Heads * Simd.RoundUp(Keys) % Page == 0 ? Simd.Alignment : 0);

    private Matrices MatricesOfScores => new(Pitch, Heads * Pitch, 1);

    private MatrixForm FormOfScores(Tensor q, Tensor k) =>
        new(Heads, Queries, Inner, Keys, new(Inner, q.Pitch, 1), new Matrices(Inner, k.Pitch, 1).Transposed, MatricesOfScores)
        {
            Triangle = Causal ? Triangle.Result : Triangle.None,
        };

    private MatrixForm FormOfOutput(Tensor v, Tensor z) =>
        new(Heads, Queries, Keys, Columns, MatricesOfScores, new(Columns, v.Pitch, 1), new(Columns, z.Pitch, 1))
        {
            Triangle = Causal ? Triangle.Left : Triangle.None,
        };

    /// <summary>Keys or values with a head for each of queries.</summary>
    private Tensor Repeated(LayerForward plan, List<Step> steps, int input, int features)
    {
        if (KeyValueHeads == Heads)
        {
            return plan.Input(input);
        }

        Tensor repeated = plan.Keep(SymbolOf(input), new Extent(Keys, Heads * features, Simd.RoundUp(Heads * features), plan.Input(input).Extent.Count));
        if (repeated.Pitch > repeated.Lanes)
        {
            steps.Add(new Clear(repeated.Lanes, repeated));
        }

        steps.Add(new Move(plan.Input(input), Repetitions(plan.Input(input), repeated, features), Adds: false, repeated));
        return repeated;
    }

    private Tensor RepeatedOf(LayerBackward plan, int input) =>
        KeyValueHeads == Heads ? plan.Input(input) : plan.Kept(SymbolOf(input));

    private static string SymbolOf(int input) => input == 1 ? "K" : "V";

    private Nest Repetitions(Tensor from, Tensor to, int features)
    {
        int group = Heads / KeyValueHeads;
        return Nest.Of(
            0,
            0,
            [
                new NestAxis(Keys, from.Pitch, to.Pitch, from.Extent.Count),
                new NestAxis(KeyValueHeads, features, group * features),
                new NestAxis(group, 0, features),
                new NestAxis(features, 1, 1),
            ]);
    }

    /// <summary>Adds the steps from what a factor counts to its relevance: times the factor, and summed over the heads that share it.</summary>
    /// <param name="a">The factor, with a head for each of queries.</param>
    /// <param name="product">Adds the steps for what it counts.</param>
    private void Finish(
        LayerBackward plan, List<Step> steps, int input, int features, Tensor a, bool isDerivative, double scale, Tensor result, Action<Tensor> product)
    {
        bool isShared = input > 0 && KeyValueHeads < Heads;
        Tensor c = plan.Names.New("c", a.Extent);
        product(c);
        Tensor full = isShared ? c : result;
        if (!isDerivative || scale != 1 || full != c)
        {
            Expression value = isDerivative ? new Read(c) : new Read(a) * new Read(c);
            steps.Add(new Pointwise(value.ScaledBy(scale), full));
        }

        if (isShared)
        {
            steps.Add(new Clear(0, result));
            steps.Add(new Move(c, Repetitions(result, c, features).Reversed, Adds: true, result));
        }
    }
}
