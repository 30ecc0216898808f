using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>h = tanh(W x + U h + b).</summary>
internal sealed record Rnn(string Suffix, bool IsReversed, int Rows, int Inputs, int Hidden, bool HasBiases, Count? Length)
    : Recurrence(Suffix, IsReversed, Rows, Inputs, Hidden, HasBiases, Length)
{
    protected override int Gates => 1;

    protected override int Candidate => 0;

    protected override string Formula => "h_t = tanh(W x_t + U h_{t−1} + b).";

    protected override string FormulaOfRelevance => "The tanh passes on R_h and what the next row gives h";

    protected override void ForwardRow(RecurrenceForward rows, Tensor to)
    {
        rows.AddProductOfState();
        rows.Loop.Activate("Tanh", rows.Gate("z", 0), to);
    }

    protected override (IReadOnlyList<LedgerItem> Account, Tensor? Kept) PropagateRow(RecurrenceBackward rows, Tensor total, Tensor candidate)
    {
        rows.Loop.Add(new Read(total), candidate);
        return ([new Passed()], null);
    }

    protected override Tensor? DifferentiateRow(RecurrenceBackward rows, Tensor total, Tensor gates, Tensor? ofState)
    {
        Expression h = new Read(rows.Loop.Of(rows.Plan.Output));
        rows.Loop.Add(new Read(total) * (new Constant(1) - (h * h)), rows.Gate(gates, "d", 0));
        return null;
    }

    protected override Tensor SumOfCandidate(LayerBackward plan) => plan.Kept("gates");
}
