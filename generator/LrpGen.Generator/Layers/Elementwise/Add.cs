using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>The sum of all inputs; axes of size 1 are broadcast.</summary>
/// <param name="Rank">Of the output.</param>
internal sealed record Add(int Rank) : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer) => Broadcast.ShapeOf(layer.Inputs) is { } shape
        ? new ParsedLayer(new Add(shape.Rank), shape)
        : layer.InputsDiffer("inputs of one shape, but for axes of size 1");

    public override LayerKinds RuleKind => LayerKinds.Add;

    public override Rule DefaultRule => DefaultRules.Norm;

    public override Sign SignOf(Sign input) => input;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis + Rank - input.Rank, axis.Count);

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override int LanesWritten(Shape input, int lanes) => lanes + Rank - input.Rank;

    public override void Forward(LayerForward plan) => plan.Method("a", "The sum of the inputs.", (steps, to) =>
        steps.AddRange(Pointwise.SumOf(
            [.. plan.Inputs.Select((input, index) => Broadcast.Forward(steps, plan.Context, index, input, plan.Names))], to)));

    public override void Backward(LayerBackward plan)
    {
        List<Step> repeating = [];
        IReadOnlyList<Tensor> inputs =
            [.. plan.Layer.Inputs.Select((_, index) => Broadcast.Forward(repeating, plan.Context, index, plan.Input(index), plan.Names))];
        if (repeating.Count > 0)
        {
            plan.Inline([.. repeating]);
        }

        plan.Share(names => MapOf(plan.Context, names), inputs, Broadcast.Backward);
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) =>
        rule!.IsDerivative && context.Layer.Inputs.Select((_, index) => context.Read(index).Shape).All(shape => shape == context.Written.Shape);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new SumMap(context.Output, names);
}
