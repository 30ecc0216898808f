using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>a·w with a weight for every position along an axis.</summary>
/// <param name="Parameter">Shape of the weights.</param>
internal sealed record LayerScale(int Dim, int Lanes, EquatableArray<int> Parameter) : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (layer.Axis("Dim", layer.FeatureAxis) is not int dim)
        {
            return null;
        }

        // Axes of 1 behind it let it broadcast, as (C, 1, 1) of an image.
        EquatableArray<int> parameter = [layer.Input[dim], .. Enumerable.Repeat(1, layer.Input.Rank - 1 - dim)];
        return new ParsedLayer(new LayerScale(dim, layer.Input[dim], parameter), layer.Input);
    }

    public override EquatableArray<WeightTensor> Weights => [new("", Parameter, Broadcasts: true)];

    public override WeightForm WeightForm => new LaneWeights(Lanes);

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("dim", [Dim])];

    public override LayerKinds RuleKind => LayerKinds.Scale;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override int LanesToRead(Shape input, int present) => Dim;

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names), "z_i = a_i w_i.");

    public override void Backward(LayerBackward plan)
    {
        if (plan.Rule.Shares.Count > 0)
        {
            plan.Share(names => MapOf(plan.Context, names));
        }
        else
        {
            plan.Give(plan.Relevance);
        }
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => rule!.Shares.Count == 0;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;

    public override LinearMap MapOf(PlanContext context, TensorNames names) =>
        new ScaleMap(context.Parameter, context.Input, names);
}
