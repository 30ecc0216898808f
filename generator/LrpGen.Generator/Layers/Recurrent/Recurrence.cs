using System.Globalization;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>
/// A layer of one direction that reads row after row and keeps a state h, 0 at first: gates of W x_t + U h_{t−1} make the next one, which is also
/// what it gives for the row.
/// </summary>
/// <param name="Suffix">What PyTorch adds to the names of its tensors, such as <c>l0_reverse</c>.</param>
/// <param name="IsReversed">Whether it begins with the last row.</param>
/// <param name="Length">The number of rows, if calls choose it.</param>
internal abstract record Recurrence(
    string Suffix, bool IsReversed, int Rows, int Inputs, int Hidden, bool HasBiases, Count? Length) : PlannedOperation
{
    /// <summary>Number of gates.</summary>
    protected abstract int Gates { get; }

    /// <summary>The gate that becomes a part of the state; it alone carries relevance.</summary>
    protected abstract int Candidate { get; }

    /// <summary>The gate whose two biases do not meet in one sum; null for none.</summary>
    protected virtual int? Separate => null;

    /// <summary>What it computes.</summary>
    protected abstract string Formula { get; }

    /// <summary>How relevance goes through it, but for the rule at the candidate.</summary>
    protected abstract string FormulaOfRelevance { get; }

    public override EquatableArray<WeightTensor> Weights =>
    [
        new($"weight_ih_{Suffix}", [Gates * Hidden, Inputs]),
        new($"weight_hh_{Suffix}", [Gates * Hidden, Hidden]),
        .. HasBiases ? [Bias("bias_ih"), Bias("bias_hh")] : Array.Empty<WeightTensor>(),
    ];

    public override WeightForm WeightForm => new GateKernels(Gates, Hidden, Inputs, Separate);

    public override long MultiplyAdds => (long)Rows * Gates * Hidden * (Inputs + Hidden);

    // Gates twice on either way, the state, and up to six rows of what makes it.
    public override double ValuesKept => (double)Rows * ((4 * Gates * Pitch) + (7 * Pitch) + Limits.Pitch(Inputs));

    public override LayerKinds RuleKind => LayerKinds.Linear;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override bool IsSelection => false;

    public override Variation Vary(Shape input, VariableAxis axis) => axis.Axis == 0 ? Variation.Of(0, axis.Count) : Variation.Impossible;

    public override int LanesToRead(Shape input, int present) => 1;

    public override int LanesWritten(Shape input, int lanes) => 1;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override IEnumerable<string> Details =>
        [.. IsReversed ? ["from the end"] : Array.Empty<string>(), .. HasBiases ? [] : new[] { "no bias" }];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        [("hidden_size", [Hidden]), ("num_layers", [1]), ("bidirectional", [0]), ("bias", [HasBiases ? 1 : 0])];

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;

    public override string Remark(PlanContext context) =>
        $"looped, row by row: {MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture)} multiply-adds";

    public override void Forward(LayerForward plan) => plan.Method("h", Formula, (steps, to) =>
    {
        Tensor z = plan.Keep("gates", OfGates);
        InputMap(plan.Context, plan.Names, null).Forward(steps, plan.Input(), z);
        RowLoop loop = new(plan.Names, steps);
        Tensor before = loop.Carried("hBefore", Hidden);
        Tensor state = plan.Keep("hPrevious", plan.Context.Output);
        loop.Add(new Read(before), loop.Of(state));
        ForwardRow(new(this, plan, loop, z, state), loop.Of(to));
        loop.Add(new Read(loop.Of(to)), before);
        steps.Add(loop.Close(IsReversed));
        if (to.Pitch > Pitch)
        {
            steps.Add(new Clear(Pitch, to));
        }
    }, "h");

    public override void Backward(LayerBackward plan)
    {
        List<Step> steps = [];
        RowLoop loop = new(plan.Names, steps);
        Tensor ofNext = loop.Carried("Rh", Hidden);
        RecurrenceBackward rows = new(this, plan, loop, steps, ofNext);
        (Tensor result, IReadOnlyList<LedgerItem> account) = plan.Rule.IsDerivative ? Differentiate(rows) : Propagate(rows);
        plan.Method(
            plan.Rule.Name,
            $"{(plan.Rule.IsDerivative ? "The derivative, through all gates and rows" : $"{FormulaOfRelevance}; {plan.Rule.Display}")}.",
            steps,
            (plan.Input(), "a"),
            (plan.Relevance, "Rj"),
            (plan.Output, "h"),
            (result, "Ri"));
        plan.Account([.. account]);
        plan.Give(result);
    }

    /// <summary>Adds the steps from a row's sums of what the layer reads to its state.</summary>
    /// <param name="to">The row's state.</param>
    protected abstract void ForwardRow(RecurrenceForward rows, Tensor to);

    /// <summary>
    /// Adds the steps from relevance of a row's state to relevance of the candidate's sum, and of the state before as far as that is kept.
    /// </summary>
    /// <param name="total">Relevance of the row's state.</param>
    /// <param name="candidate">Receives relevance of the candidate's sum.</param>
    /// <returns>What shares of relevance there are on the way, for the ledger; and what the state before has but for the sum.</returns>
    protected abstract (IReadOnlyList<LedgerItem> Account, Tensor? Kept) PropagateRow(RecurrenceBackward rows, Tensor total, Tensor candidate);

    /// <summary>Adds the steps from the derivative by a row's state to that by the sums of its gates.</summary>
    /// <param name="total">The derivative by the row's state.</param>
    /// <param name="gates">Receives the derivative by sums of what the layer reads.</param>
    /// <param name="ofState">Receives that by sums of the state, if it is another tensor.</param>
    /// <returns>What the state before has but for these sums; null for nothing.</returns>
    protected abstract Tensor? DifferentiateRow(RecurrenceBackward rows, Tensor total, Tensor gates, Tensor? ofState);

    /// <summary>The sum of the candidate's gate, as rows.</summary>
    protected abstract Tensor SumOfCandidate(LayerBackward plan);

    /// <summary>The maps of what the layer reads and of its state to the candidate's sum.</summary>
    protected virtual (LinearMap Input, LinearMap State) CandidateMaps(RecurrenceBackward rows, TensorNames names) =>
        (InputMap(rows.Context, names, Candidate), StateMap(rows.Context, names, Candidate));

    /// <summary>Whether sums of the state have a derivative of their own.</summary>
    protected virtual bool StateIsScaled => false;

    /// <summary>Rows of all gates, each padded to whole vectors.</summary>
    internal Extent OfGates => new(Rows, Gates * Pitch, Gates * Pitch, Length);

    /// <summary>Lanes from a gate to the next.</summary>
    internal int Pitch => Simd.RoundUp(Hidden);

    /// <summary>The map of what the layer reads to a gate, or to all.</summary>
    internal LinearMap InputMap(PlanContext context, TensorNames names, int? gate) =>
        Map(context, names, new GatePart(OfState: false, gate), Inputs, context.Input);

    /// <summary>The map of the state to a gate, or to all.</summary>
    internal LinearMap StateMap(PlanContext context, TensorNames names, int? gate) =>
        Map(context, names, new GatePart(OfState: true, gate), Hidden, context.Output);

    private WindowedMap Map(PlanContext context, TensorNames names, GatePart part, int inputs, Extent input)
    {
        Windowed form = Windowed.OfRows(Rows, inputs, part.Gate is null ? Gates * Pitch : Hidden, Length is not null);
        return new WindowedMap(
            context.Parameter with { Gates = part }, form, mirrored: false, input, part.Gate is null ? OfGates : context.Output, names);
    }

    private WeightTensor Bias(string name) => new($"{name}_{Suffix}", [Gates * Hidden]) { IsBias = true };

    private (Tensor Result, IReadOnlyList<LedgerItem> Account) Propagate(RecurrenceBackward rows)
    {
        LayerBackward plan = rows.Plan;
        IReadOnlyList<MapInput> InputsOf(TensorNames names)
        {
            (LinearMap input, LinearMap state) = CandidateMaps(rows, names);
            return [new(input, plan.Context.Read()), new(state, plan.Context.Written, IsState: true)];
        }

        Tensor total = plan.Names.New("total", plan.Context.Output);
        Tensor candidate = plan.Names.New("Rz", plan.Context.Output);
        Tensor previous = plan.Names.New("RPrevious", plan.Context.Output);
        rows.Loop.Replace(previous, rows.OfNext);
        rows.Loop.Add(new Read(rows.Loop.Of(plan.Relevance)) + new Read(rows.OfNext), rows.Loop.Of(total));
        (IReadOnlyList<LedgerItem> own, Tensor? kept) = PropagateRow(rows, rows.Loop.Of(total), rows.Loop.Of(candidate));
        RelevancePropagation propagation = plan.Propagation(plan.Rule, InputsOf(plan.Names), InputsOf);
        Tensor result = propagation.Propagate(
            candidate, [plan.Input(), rows.Previous], SumOfCandidate(plan), input => input == 0 ? plan.NewRelevance() : previous)[0];
        string sums = $"SumTerms{plan.Context.Facts.Identifiers[plan.Layer.Index]}{plan.Rule.Name}";
        List<LedgerItem> shares = [.. propagation.Account([plan.Input(), rows.Previous], sums)];
        HashSet<Tensor> accounted = [.. shares.SelectMany(item => item.Reads)];
        (IReadOnlyList<Step> before, IReadOnlyList<Step> behind) = rows.Loop.AddPath(propagation.Steps, candidate, previous, accounted.Contains);
        if (kept is not null)
        {
            rows.Loop.Add(new Read(rows.OfNext) + new Read(kept), rows.OfNext);
        }

        rows.Steps.AddRange([.. before, rows.Loop.Close(!IsReversed), .. behind]);
        return (
            result,
            [
                new Passed(),
                new Within(total),
                .. own,
                new Within(candidate),
                .. shares,
                new Lost(rows.OfNext),
                new HandedOn(result, plan.Context.Read()),
            ]);
    }

    private (Tensor Result, IReadOnlyList<LedgerItem> Account) Differentiate(RecurrenceBackward rows)
    {
        LayerBackward plan = rows.Plan;
        Tensor gates = plan.Names.New("d", OfGates);
        Tensor? ofState = StateIsScaled ? plan.Names.New("dState", OfGates) : null;
        Tensor total = rows.Loop.Local("total", Hidden);
        rows.Loop.Add(new Read(rows.Loop.Of(plan.Relevance)) + new Read(rows.OfNext), total);
        Tensor? kept = DifferentiateRow(rows, total, gates, ofState);
        Tensor previous = plan.Names.New("RPrevious", plan.Context.Output);
        rows.Loop.Replace(previous, rows.OfNext);
        List<Step> ofRow = [];
        StateMap(plan.Context, plan.Names, null).TransposedProduct(ofRow, ofState ?? gates, WeightPart.W, 0, null, () => previous);
        rows.Loop.Add(rows.Loop.InRow(ofRow.Single()));
        if (kept is not null)
        {
            rows.Loop.Add(new Read(rows.OfNext) + new Read(kept), rows.OfNext);
        }

        rows.Steps.Add(rows.Loop.Close(!IsReversed));
        Tensor result = plan.NewRelevance();
        InputMap(plan.Context, plan.Names, null).TransposedProduct(rows.Steps, gates, WeightPart.W, 0, null, () => result);
        return (result, [new Given(result, plan.Context.Read())]);
    }
}
