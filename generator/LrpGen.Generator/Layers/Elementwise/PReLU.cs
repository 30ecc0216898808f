using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>a⁺ + w a⁻, with a weight for every channel, or one for all.</summary>
/// <param name="Lanes">The channels, which have one weight if there is one parameter.</param>
/// <param name="IsOpen">Whether the file may have one parameter or as many as there are channels.</param>
internal sealed record PReLU(int Parameters, int Lanes, bool IsOpen) : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int parameters = layer.Arguments.Integer(layer.Input[0], 1, "numParameters");
        if (layer.Arguments.Valid && parameters != 1 && parameters != layer.Input[0])
        {
            layer.Arguments.OutOfRange("numParameters", $"1 or {layer.Input[0]}, the channels of the input", parameters);
        }

        return layer.Arguments.Valid
            ? new ParsedLayer(new PReLU(parameters, layer.Input[0], !layer.Arguments.Has("numParameters")), layer.Input)
            : null;
    }

    public override EquatableArray<WeightTensor> Weights => [new("weight", [Parameters], Broadcasts: IsOpen)];

    public override WeightForm WeightForm => new LaneWeights(Lanes);

    public override LayerKinds RuleKind => LayerKinds.OtherActivation;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => input;

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override int LanesToRead(Shape input, int present) => 0;

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("num_parameters", [Parameters])];

    public override void Forward(LayerForward plan) => plan.Method("a", "a⁺ + w a⁻.", (steps, to) => steps.Add(new Pointwise(
        new PositivePart(new Read(plan.Input())) + (new NegativePart(new Read(plan.Input())) * Weight(plan.Context)), to)));

    public override void Backward(LayerBackward plan) =>
        Gates.Through(plan, (relevance, result) =>
        {
            // R where a > 0, else w R.
            Expression ofPositive = new Where(OutputSign.Positive, new Read(plan.Input()), new Read(relevance));
            return new Pointwise(ofPositive + ((new Read(relevance) - ofPositive) * Weight(plan.Context)), result);
        });

    public override bool PassesRelevance(PlanContext context, Rule? rule) => Gates.Pass(context, rule!);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;

    private static ReadWeight Weight(PlanContext context) =>
        new(WeightSet.Of(context.Parameter, WeightPart.W, 0, Packing.Channels, null, context.Output.Pitch));
}
