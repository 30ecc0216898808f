using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Nothing: identity, or dropout in evaluation.</summary>
internal sealed record Identity : ElementwiseLayer
{
    public static ParsedLayer Parse(LayerDeclaration layer) => new(new Identity(), layer.Input);

    public static ParsedLayer ParseDropout(LayerDeclaration layer)
    {
        layer.Arguments.Number("p", 0.5, minimum: 0, maximum: 1);
        return Parse(layer);
    }

    public override LayerKinds RuleKind => LayerKinds.None;

    public override Sign SignOf(Sign input) => input;

    public override bool IsSelection => true;

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override bool OnlyRearranges => true;

    public override bool KeepsBoundsOfChannels => true;

    public override void Forward(LayerForward plan) => plan.Pass();

    public override void Backward(LayerBackward plan) => plan.Give(plan.Relevance);

    public override bool PassesRelevance(PlanContext context, Rule? rule) => true;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => ofOutput;
}
