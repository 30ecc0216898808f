using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Gates i, f, g, o in PyTorch's order; c_t = f c_{t−1} + i g, h = o tanh(c).</summary>
internal sealed record Lstm(string Suffix, bool IsReversed, int Rows, int Inputs, int Hidden, bool HasBiases, Count? Length)
    : Recurrence(Suffix, IsReversed, Rows, Inputs, Hidden, HasBiases, Length)
{
    private const int I = 0;
    private const int F = 1;
    private const int G = 2;
    private const int O = 3;

    protected override int Gates => 4;

    protected override int Candidate => G;

    protected override string Formula => "i, f, o = σ(W x + U h + b), g = tanh(z_g), c_t = f c_{t−1} + i g, h = o tanh(c).";

    protected override string FormulaOfRelevance =>
        "Gates are constants: R_c = R_h + what the next row gives c, shared by f c_{t−1} and i g in proportion; g's goes on by the rule";

    protected override void ForwardRow(RecurrenceForward rows, Tensor to)
    {
        RowLoop loop = rows.Loop;
        Tensor before = loop.Carried("cBefore", Hidden);
        (Tensor sum, Tensor ig, Tensor c) = (rows.Keep("zg"), rows.Keep("ig"), rows.Keep("c"));
        (Tensor i, Tensor f, Tensor g, Tensor o) = (rows.Gate("i", I), rows.Gate("f", F), rows.Gate("g", G), rows.Gate("o", O));
        rows.AddProductOfState();
        loop.Add(new Read(g), sum);
        loop.Activate("Sigmoid", i, i);
        loop.Activate("Sigmoid", f, f);
        loop.Activate("Tanh", g, g);
        loop.Activate("Sigmoid", o, o);
        loop.Add(new Read(i) * new Read(g), ig);
        loop.Add((new Read(f) * new Read(before)) + new Read(ig), c);
        loop.Add(new Read(c), before);
        loop.Activate("Tanh", c, to);
        loop.Add(new Read(o) * new Read(to), to);
    }

    protected override (IReadOnlyList<LedgerItem> Account, Tensor? Kept) PropagateRow(RecurrenceBackward rows, Tensor total, Tensor candidate)
    {
        (RowLoop loop, Tensor carried, Tensor q) = (rows.Loop, rows.Loop.Carried("Rc", Hidden), rows.Rows("q"));
        (Tensor ig, Tensor c) = (rows.Kept("ig"), rows.Kept("c"));
        loop.Add(new Read(total) + new Read(carried), total);
        loop.Add(new Quotient(new Read(total), new Read(c), DefaultRules.Stabilizer), loop.Of(q));
        loop.Add(new Read(ig) * new Read(loop.Of(q)), candidate);
        loop.Add((new Read(c) - new Read(ig)) * new Read(loop.Of(q)), carried);
        return ([new Shared(q, 1, DefaultRules.Stabilizer, null)], null);
    }

    protected override Tensor? DifferentiateRow(RecurrenceBackward rows, Tensor total, Tensor gates, Tensor? ofState)
    {
        RowLoop loop = rows.Loop;
        (Tensor carried, Tensor y) = (loop.Carried("Rc", Hidden), loop.Local("y", Hidden));
        (Expression i, Expression f, Expression g, Expression o) =
            (new Read(rows.Gate("i", I)), new Read(rows.Gate("f", F)), new Read(rows.Gate("g", G)), new Read(rows.Gate("o", O)));
        (Expression one, Expression ofC) = (new Constant(1), new Read(carried));
        (Expression c, Expression ig, Expression tanh) = (new Read(rows.Kept("c")), new Read(rows.Kept("ig")), new Read(y));
        loop.Activate("Tanh", rows.Kept("c"), y);
        loop.Add(ofC + (new Read(total) * o * (one - (tanh * tanh))), carried);
        loop.Add(new Read(total) * tanh * o * (one - o), rows.Gate(gates, "dO", O));
        loop.Add(ofC * ig * (one - i), rows.Gate(gates, "dI", I));
        loop.Add(ofC * (c - ig) * (one - f), rows.Gate(gates, "dF", F));
        loop.Add(ofC * i * (one - (g * g)), rows.Gate(gates, "dG", G));
        loop.Add(ofC * f, carried);
        return null;
    }

    protected override Tensor SumOfCandidate(LayerBackward plan) => plan.Kept("zg");
}
