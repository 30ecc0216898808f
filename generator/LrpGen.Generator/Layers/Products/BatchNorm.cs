using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>a·c + d per channel, c = γ/√(var + eps), d = β − mean·c.</summary>
/// <param name="Into">Index of the layer that takes it in at load; null if none can.</param>
internal sealed record BatchNorm(int Channels, double Eps, int? Into) : ChannelLayer
{
    /// <param name="ranks">Of the input.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, params int[] ranks)
    {
        double eps = layer.Arguments.Number("Eps", 1e-5, minimum: 0);
        return layer.Takes(ranks) ? new ParsedLayer(new BatchNorm(layer.Input[0], eps, Into: null), layer.Input) : null;
    }

    public override EquatableArray<WeightTensor> Weights =>
    [
        new("weight", [Channels]),
        new("bias", [Channels]),
        new("running_mean", [Channels], IsTrained: false),
        new("running_var", [Channels], IsTrained: false),
    ];

    public override WeightForm WeightForm => new BatchStatistics(Channels, Eps);

    public override int? FoldedInto => Into;

    public override LayerKinds RuleKind => Into is null ? LayerKinds.BatchNorm : LayerKinds.None;

    public override Rule? DefaultRule => Into is null ? DefaultRules.Epsilon : null;

    public override Sign SignOf(Sign input) => Into is null ? Sign.Any : input;

    public override bool IsSelection => Into is not null;

    public override bool KeepsBoundsOfChannels => Into is not null;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, axis.Count);

    public override bool KeepsLanes(Shape input, int lanes) => true;

    public override IEnumerable<string> Details => Into is null ? [] : ["folded at load"];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("eps", [Eps])];

    public override void Forward(LayerForward plan)
    {
        if (Into is null)
        {
            plan.Product(MapOf(plan.Context, plan.Names));
        }
        else
        {
            plan.Pass();
        }
    }

    public override void Backward(LayerBackward plan)
    {
        if (Into is null)
        {
            plan.Share(names => MapOf(plan.Context, names));
        }
        else
        {
            plan.Give(plan.Relevance);
        }
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => Into is not null;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) =>
        Into is null ? inputIsNonNegative && MultipliesByInput(rule!) : ofOutput;

    public override LinearMap MapOf(PlanContext context, TensorNames names) =>
        new ScaleMap(context.Parameter, context.Input, names);

    public override string Remark(PlanContext context) => Into is int layer
        ? $"folded into layer {context.Facts.Network.Layers[layer].Name} at load"
        : "a weight and a bias per channel: neither behind a linear or convolutional layer that only it reads, nor alone before one without padding";
}
