using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>eˣ over its sum along an axis.</summary>
internal sealed record Softmax(int Dim) : ElementwiseLayer
{
    private static readonly Function Function = new("Softmax", [], FunctionKind.Row);

    public static ParsedLayer? Parse(LayerDeclaration layer) =>
        layer.Axis("Dim", layer.FeatureAxis) is int dim ? new ParsedLayer(new Softmax(dim), layer.Input) : null;

    public override LayerKinds RuleKind => LayerKinds.OtherActivation;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => Sign.NonNegative;

    public override int LanesToRead(Shape input, int present) => Dim;

    public override SomeRows? RowsRead(int input, SomeRows? written) => Dim == 0 ? null : written;

    public override bool IsGate => true;

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("dim", [Dim])];

    public override void Forward(LayerForward plan) => plan.Inline(to => new Activate(Function, plan.Input(), to));

    public override void Backward(LayerBackward plan)
    {
        if (plan.Rule.Gate == Gate.Taylor)
        {
            Taylor(plan);
            return;
        }

        // It is differentiated at its output. What rectifies a ReLU is no rule of a softmax: its derivative is.
        Gates.Through(plan, Function, plan.Output, rectifies: false);
    }

    private static void Taylor(LayerBackward plan)
    {
        Tensor result = plan.NewRelevance();
        Tensor remainder = plan.Names.New("g", plan.Context.Output);
        plan.Method(
            "Taylor",
            "R_i = a_i (R_i − y_i Σ_k R_k).",
            [
                new Differentiate(new Function("LogSoftmax", [], FunctionKind.Row), plan.Output, plan.Relevance, remainder),
                new Pointwise(new Read(plan.Input()) * new Read(remainder), result),
            ],
            (plan.Input(), "a"),
            (plan.Output, "y"),
            (plan.Relevance, "Rj"),
            (result, "Ri"));
        plan.Account(new Expanded(plan.Input(), plan.Output), new HandedOn(result, plan.Context.Read()));
        plan.Give(result);
    }

    public override double ValueAtZero(Shape input) => 1.0 / input[Dim];

    public override bool PassesRelevance(PlanContext context, Rule? rule) => Gates.Pass(context, rule!);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;
}
