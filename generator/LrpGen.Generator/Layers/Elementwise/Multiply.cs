using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>The product of two inputs; axes of size 1 are broadcast.</summary>
/// <param name="Rank">Of the output.</param>
internal sealed record Multiply(int Rank) : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (layer.Inputs.Count != 2)
        {
            layer.Arguments.OutOfRange("inputs", "the names of two layers", layer.Inputs.Count);
            return null;
        }

        return Broadcast.ShapeOf(layer.Inputs) is { } shape
            ? new ParsedLayer(new Multiply(shape.Rank), shape)
            : layer.InputsDiffer("inputs of one shape, but for axes of size 1");
    }

    public override LayerKinds RuleKind => LayerKinds.Multiply;

    public override Rule DefaultRule => DefaultRules.Gated;

    public override Sign SignOf(Sign input) => input;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis + Rank - input.Rank, axis.Count);

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override int LanesWritten(Shape input, int lanes) => lanes + Rank - input.Rank;

    public override void Forward(LayerForward plan) => plan.Method("a", "The product of the inputs.", (steps, to) =>
        steps.Add(new Pointwise(
            Factor(plan.Context, steps, 0, plan.Input(0), plan.Names) * Factor(plan.Context, steps, 1, plan.Input(1), plan.Names),
            to)));

    public override void Backward(LayerBackward plan)
    {
        switch (plan.Rule.Gate)
        {
            case Gate.Pass when plan.Context.FactorThatIsNoGate() is int factor:
                Give(plan, "R of the factor that is no gate is R_j.", (steps, index) => index == factor ? plan.Relevance : null);
                break;
            case Gate.Pass or Gate.Half:
                Tensor half = plan.Names.New("R", plan.Context.Output);
                Give(plan, "R_i = R_j / 2 for either factor.", (steps, index) =>
                {
                    if (index == 0)
                    {
                        steps.Add(new Pointwise(new Scaled(0.5, new Read(plan.Relevance)), half));
                    }

                    return half;
                });
                break;
            default:
                Give(plan, "R_i = R_j times the other factor.", (steps, index) =>
                {
                    Tensor full = plan.Names.New("R", plan.Context.Output);
                    Expression factor = Factor(plan.Context, steps, 1 - index, plan.Input(1 - index), plan.Names);
                    steps.Add(new Pointwise(new Read(plan.Relevance) * factor, full));
                    return full;
                });
                break;
        }
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;

    /// <summary>A factor in the shape of the output; one row of it is read for every row.</summary>
    private static Expression Factor(PlanContext context, List<Step> steps, int index, Tensor input, TensorNames names) =>
        input.Rows == 1 && context.Output.Rows > 1 && input.Lanes == context.Output.Lanes
            && context.Read(index).LaneAxis - context.Read(index).Shape.Rank == context.Written.LaneAxis - context.Written.Shape.Rank
            ? new ReadRow(input)
            : new Read(Broadcast.Forward(steps, context, index, input, names));

    /// <param name="relevanceOf">Adds the steps for a factor's relevance, in the shape of the output; null if the factor gets none.</param>
    private static void Give(LayerBackward plan, string formula, Func<List<Step>, int, Tensor?> relevanceOf)
    {
        List<Step> steps = [];
        List<LedgerItem> items = [];
        bool passes = plan.Rule.Gate is Gate.Pass or Gate.Half;
        if (passes)
        {
            items.Add(new Passed());
        }

        List<(int Input, Tensor Result)> results = [];
        for (int index = 0; index < 2; index++)
        {
            if (relevanceOf(steps, index) is { } full)
            {
                Tensor result = Broadcast.Backward(steps, plan, index, full);
                items.Add(passes ? new HandedOn(result, plan.Context.Read(index)) : new Gated(full));
                results.Add((index, result));
            }
        }

        if (steps.Count > 0)
        {
            plan.Method(plan.Rule.Name, formula, steps, (plan.Relevance, "Rj"));
        }

        plan.Account([.. items]);
        results.ForEach(result => plan.Give(result.Result, result.Input));
    }
}
