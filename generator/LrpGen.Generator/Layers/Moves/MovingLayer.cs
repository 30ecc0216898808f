using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>
/// What layers have in common that only move values: every element of the output is one of the input's, or 0. Relevance goes back to where the
/// value came from, and adds up where a value went to several places.
/// </summary>
internal abstract record MovingLayer : PlannedOperation
{
    public override LayerKinds RuleKind => LayerKinds.None;

    public override Sign SignOf(Sign input) => input;

    public override bool IsSelection => true;

    public override int LanesToRead(Shape input, int present) => present;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override IEnumerable<string> Details => [];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [];

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => ofOutput;

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    /// <summary>Whether some elements of the output are none of the input. They are 0 unless it says otherwise, and keep their relevance.</summary>
    protected virtual bool LeavesGaps => false;

    /// <summary>Whether an element of the input may be several of the output.</summary>
    protected virtual bool Repeats => false;

    /// <summary>Where the values of one of the inputs go.</summary>
    protected abstract IEnumerable<Nest> NestsOf(PlanContext context, int input);

    /// <summary>Adds the steps for elements of the output that are no input's, and not 0.</summary>
    protected virtual void FillGaps(LayerForward plan, List<Step> steps, Tensor to)
    {
    }

    public override void Forward(LayerForward plan) => plan.Method("a", "Values in other places.", (steps, to) =>
    {
        Prepare(steps, to, LeavesGaps);
        for (int input = 0; input < plan.Context.Layer.Inputs.Count; input++)
        {
            steps.AddRange(NestsOf(plan.Context, input).Select(nest => new Move(plan.Input(input), nest, Adds: false, to)));
        }

        FillGaps(plan, steps, to);
    });

    public override void Backward(LayerBackward plan)
    {
        List<Step> steps = [];
        List<Tensor> results = [];
        for (int input = 0; input < plan.Layer.Inputs.Count; input++)
        {
            Tensor result = plan.NewRelevance(input);
            List<Nest> nests = [.. NestsOf(plan.Context, input)];
            bool gathersAll = !Repeats && nests.Sum(nest => nest.Count) == plan.Context.Read(input).Shape.Size;
            Prepare(steps, result, hasGaps: !gathersAll);
            steps.AddRange(nests.Select(nest => new Move(plan.Relevance, nest.Reversed, Repeats, result)));
            results.Add(result);
        }

        plan.Method("", "Relevance goes back to where the values came from.", steps, (plan.Relevance, "Rj"));
        plan.Account([LeavesGaps ? Kept(plan) : new Passed(), .. results.Select((result, input) => new HandedOn(result, plan.Context.Read(input)))]);
        for (int input = 0; input < results.Count; input++)
        {
            plan.Give(results[input], input);
        }
    }

    /// <summary>A loop over an axis that both tensors have, as far as both have it.</summary>
    protected static NestAxis Along(Arrangement read, int axisRead, Arrangement written, int axisWritten)
    {
        (Count? ofRead, Count? ofWritten) = (read.CountAlong(axisRead), written.CountAlong(axisWritten));
        return new(
            Math.Min(read.Shape[axisRead], written.Shape[axisWritten]),
            read.Stride(axisRead),
            written.Stride(axisWritten),
            ofRead is null || ofWritten is null ? null : ofRead.Most <= ofWritten.Most ? ofRead : ofWritten);
    }

    /// <summary>For the ledger: a gap keeps its relevance, all else is handed on.</summary>
    private Weighted Kept(LayerBackward plan)
    {
        Arrangement read = plan.Context.Read();
        Tensor ones = plan.Names.New("ones", plan.Context.Input);
        Tensor u = plan.Names.New("u", plan.Context.Output);
        List<Step> steps = [new Fill([1], read, ones)];
        Prepare(steps, u, hasGaps: true);
        steps.AddRange(NestsOf(plan.Context, 0).Select(nest => new Move(ones, nest, Adds: false, u)));
        string method = $"SumTerms{plan.Context.Facts.Identifiers[plan.Layer.Index]}";
        string summary = $"{Describe.Layer(plan.Layer)} u_j = 1 where the output is the input's, else 0, for the ledger.";
        return new Weighted(plan.Relevance, Block.InMethod(plan.Layer.Index, method, summary, steps), u, null);
    }

    // Padding must be finite, and so are zeros.
    private static void Prepare(List<Step> steps, Tensor to, bool hasGaps)
    {
        if (hasGaps || to.Pitch > to.Lanes)
        {
            steps.Add(new Clear(hasGaps ? 0 : to.Lanes, to));
        }
    }
}
