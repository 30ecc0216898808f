using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>a over its Euclidean norm along the last axis.</summary>
internal sealed record UnitNorm(int Dim) : ElementwiseLayer
{
    private static readonly Function Function = new("Normalize", [1e-12], FunctionKind.Row);

    public static ParsedLayer Parse(LayerDeclaration layer) => new(new UnitNorm(layer.Input.Rank - 1), layer.Input);

    public override LayerKinds RuleKind => LayerKinds.OtherActivation;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => input;

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override int LanesToRead(Shape input, int present) => Dim;

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("dim", [Dim]), ("eps", Function.Parameters)];

    public override void Forward(LayerForward plan) => plan.Inline(to => new Activate(Function, plan.Input(), to));

    // What rectifies a ReLU is no rule of it: its derivative is.
    public override void Backward(LayerBackward plan) => Gates.Through(plan, Function, plan.Input(), rectifies: false);

    public override bool PassesRelevance(PlanContext context, Rule? rule) => Gates.Pass(context, rule!);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => rule!.Gate == Gate.Pass && ofOutput;
}
