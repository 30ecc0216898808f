using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>eˣ over its sum along an axis.</summary>
internal sealed record Softmax(int Dim) : ElementwiseLayer
{
    private static readonly Function Function = new("Softmax", [], FunctionKind.Row);

    public static ParsedLayer? Parse(LayerDeclaration layer) =>
        layer.Axis("Dim", layer.Input.Rank == 3 ? 0 : -1) is int dim ? new ParsedLayer(new Softmax(dim), layer.Input) : null;

    public override LayerKinds RuleKind => LayerKinds.OtherActivation;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => Sign.NonNegative;

    public override int LanesToRead(Shape input, int present) => Dim;

    public override bool IsGate => true;

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("dim", [Dim])];

    public override void Forward(LayerForward plan) => plan.Inline(to => new Activate(Function, plan.Input(), to));

    public override void Backward(LayerBackward plan)
    {
        // It is differentiated at its output. What rectifies a ReLU is no rule of a softmax: its derivative is.
        Gate gate = plan.Rule.Gate == Gate.Pass ? Gate.Pass : Gate.Derivative;
        Gates.Through(plan, gate, Function, plan.Output);
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => rule!.Gate == Gate.Pass;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;
}
