using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>A larger image (C, H, W) or signal (C, L), which is one row.</summary>
internal sealed record Upsample(int Scale, bool IsLinear) : ChannelLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int scale = layer.Arguments.Integer(1, 1, "scale");
        bool isLinear = layer.Arguments.Choice<UpsampleMode>("Mode") == UpsampleMode.Bilinear;
        return layer.Takes(2, 3)
            ? layer.Writes(new Upsample(scale, isLinear), [.. layer.Input.Sizes.Select((size, axis) => axis == 0 ? size : (long)scale * size)])
            : null;
    }

    public override LayerKinds RuleKind => LayerKinds.Upsample;

    public override Rule DefaultRule => DefaultRules.Norm;

    public override Sign SignOf(Sign input) => input;

    public override bool KeepsBounds => true;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, axis.Count.Then(times: Scale));

    public override bool KeepsLanes(Shape input, int lanes) => true;

    public override IEnumerable<string> Details => [$"scale {Scale}", .. IsLinear ? ["bilinear"] : Array.Empty<string>()];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        [("scale_factor", [Scale]), ("bilinear", [IsLinear ? 1 : 0])];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names)
    {
        (_, int height, int width) = context.Layer.Input.Planes;
        int rowScale = context.Layer.Input.Rank == 2 ? 1 : Scale;
        return new InterpolationMap(new Interpolation(height, width, rowScale, Scale, IsLinear), context.Input, context.Output, names);
    }

    /// <summary>The runtime's enum of that name.</summary>
    internal enum UpsampleMode
    {
        Nearest,
        Bilinear,
    }
}
