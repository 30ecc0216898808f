using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>The sum of all inputs.</summary>
internal sealed record Add : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer) => layer.Inputs.All(input => input == layer.Input)
        ? new ParsedLayer(new Add(), layer.Input)
        : layer.InputsDiffer("inputs of one shape");

    public override LayerKinds RuleKind => LayerKinds.Add;

    public override Rule DefaultRule => DefaultRules.Norm;

    public override Sign SignOf(Sign input) => input;

    public override void Forward(LayerForward plan) =>
        plan.Method("a", "The sum of the inputs.", (steps, to) => steps.AddRange(Pointwise.SumOf(plan.Inputs, to)));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => rule!.IsDerivative;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new SumMap(context.Output, names);
}
