using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>
/// Gates r, z, n in PyTorch's order; n = tanh(W_n x + b + r (U_n h + d)), h_t = (1 − z) n + z h_{t−1}.
/// </summary>
internal sealed record Gru(string Suffix, bool IsReversed, int Rows, int Inputs, int Hidden, bool HasBiases, Count? Length)
    : Recurrence(Suffix, IsReversed, Rows, Inputs, Hidden, HasBiases, Length)
{
    private const int R = 0;
    private const int Z = 1;
    private const int N = 2;

    protected override int Gates => 3;

    protected override int Candidate => N;

    protected override int? Separate => N;

    protected override bool StateIsScaled => true;

    protected override string Formula => "r, z = σ(W x + U h + b), n = tanh(W_n x + b_n + r (U_n h + d_n)), h_t = (1 − z) n + z h_{t−1}.";

    protected override string FormulaOfRelevance =>
        "Gates are constants: R_h and what the next row gives h are shared by (1 − z) n and z h_{t−1} in proportion; n's goes on by the rule";

    protected override void ForwardRow(RecurrenceForward rows, Tensor to)
    {
        RowLoop loop = rows.Loop;
        Tensor u = rows.KeepGates("u");
        (Tensor reset, Tensor sum) = (rows.Keep("reset"), rows.Keep("zn"));
        (Tensor r, Tensor z, Tensor n) = (rows.Gate("r", R), rows.Gate("z", Z), rows.Gate("n", N));
        Expression ofState(string symbol, int gate) => new Read(loop.Of(u, symbol, gate * Pitch, Hidden));
        rows.ProductOfState(u);
        loop.Add(new Read(r) + ofState("ur", R), r);
        loop.Add(new Read(z) + ofState("uz", Z), z);
        loop.Activate("Sigmoid", r, r);
        loop.Activate("Sigmoid", z, z);
        loop.Add(new Read(n) + (new Read(r) * ofState("un", N)), sum);
        loop.Add(new Read(r), reset);
        loop.Activate("Tanh", sum, n);
        loop.Add(new Read(n) + (new Read(z) * (new Read(rows.State) - new Read(n))), to);
    }

    protected override (IReadOnlyList<LedgerItem> Account, Tensor? Kept) PropagateRow(RecurrenceBackward rows, Tensor total, Tensor candidate)
    {
        (RowLoop loop, Tensor q, Tensor kept) = (rows.Loop, rows.Rows("q"), rows.Loop.Local("Rkept", Hidden));
        (Expression z, Expression n) = (new Read(rows.Gate("z", Z)), new Read(rows.Gate("n", N)));
        loop.Add(new Quotient(new Read(total), new Read(loop.Of(rows.Plan.Output)), DefaultRules.Stabilizer), loop.Of(q));
        loop.Add((new Constant(1) - z) * n * new Read(loop.Of(q)), candidate);
        loop.Add(z * new Read(loop.Of(rows.Previous)) * new Read(loop.Of(q)), kept);
        return ([new Shared(q, 1, DefaultRules.Stabilizer, null)], kept);
    }

    protected override Tensor? DifferentiateRow(RecurrenceBackward rows, Tensor total, Tensor gates, Tensor? ofState)
    {
        RowLoop loop = rows.Loop;
        Tensor kept = loop.Local("Rkept", Hidden);
        (Tensor dR, Tensor dZ, Tensor dN) = (rows.Gate(gates, "dR", R), rows.Gate(gates, "dZ", Z), rows.Gate(gates, "dN", N));
        (Expression r, Expression z, Expression n) = (new Read(rows.Gate("r", R)), new Read(rows.Gate("z", Z)), new Read(rows.Gate("n", N)));
        Expression un = new Read(rows.Gate(rows.Plan.Kept("u"), "un", N));
        (Expression one, Expression all) = (new Constant(1), new Read(total));
        loop.Add(all * (new Read(loop.Of(rows.Previous)) - n) * z * (one - z), dZ);
        loop.Add(all * (one - z) * (one - (n * n)), dN);
        loop.Add(new Read(dN) * un * r * (one - r), dR);
        loop.Add(new Read(dR), rows.Gate(ofState!, "dStateR", R));
        loop.Add(new Read(dZ), rows.Gate(ofState!, "dStateZ", Z));
        loop.Add(new Read(dN) * r, rows.Gate(ofState!, "dStateN", N));
        loop.Add(all * z, kept);
        return kept;
    }

    protected override Tensor SumOfCandidate(LayerBackward plan) => plan.Kept("zn");

    protected override (LinearMap Input, LinearMap State) CandidateMaps(RecurrenceBackward rows, TensorNames names)
    {
        (LinearMap input, LinearMap state) = base.CandidateMaps(rows, names);
        Tensor r = rows.Plan.Kept("reset");
        ScaledMap scaled = new(state, r, rows.Context.Output, names);
        return (HasBiases ? new LiveBiasMap(input, rows.Bias(() => BiasOf(rows)), rows.Context.Input, names) : input, scaled);
    }

    /// <summary>b + r d, the bias of the candidate's sum.</summary>
    private Expression BiasOf(RecurrenceBackward rows)
    {
        BiasSet Set(bool ofState) => BiasSet.Of(
            rows.Context.Parameter with { Gates = new GatePart(ofState, N) }, BiasPart.B, 0, rows.Context.Output.Pitch)!;
        return new ReadBias(Set(false)) + (new Read(rows.Plan.Kept("reset")) * new ReadBias(Set(true)));
    }
}
