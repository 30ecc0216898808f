using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>The way back through a recurrence while it is planned.</summary>
/// <param name="steps">Those before the loop.</param>
/// <param name="ofNext">What the row that was before gives the state of this one.</param>
internal sealed class RecurrenceBackward(Recurrence operation, LayerBackward plan, RowLoop loop, List<Step> steps, Tensor ofNext)
{
    private Tensor? bias;

    public LayerBackward Plan => plan;

    public PlanContext Context => plan.Context;

    public RowLoop Loop => loop;

    public List<Step> Steps => steps;

    public Tensor OfNext => ofNext;

    /// <summary>The state before, as rows.</summary>
    public Tensor Previous => plan.Kept("hPrevious");

    /// <summary>The row of what the forward pass has kept.</summary>
    public Tensor Kept(string symbol) => loop.Of(plan.Kept(symbol));

    /// <summary>The row of a gate.</summary>
    public Tensor Gate(string symbol, int index) => Gate(plan.Kept("gates"), symbol, index);

    /// <summary>The row of a gate of a tensor of all.</summary>
    public Tensor Gate(Tensor gates, string symbol, int index) => loop.Of(gates, symbol, index * operation.Pitch, operation.Hidden);

    /// <summary>The bias of the candidate's sum, where that is not the same for all rows.</summary>
    public Tensor Bias(Func<Expression> value)
    {
        if (bias is null)
        {
            bias = Rows("b");
            steps.Add(new Pointwise(value(), bias));
        }

        return bias;
    }

    /// <summary>Rows that something behind the loop reads.</summary>
    public Tensor Rows(string symbol) => plan.Names.New(symbol, plan.Context.Output);
}
