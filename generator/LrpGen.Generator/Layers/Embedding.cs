using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>A learned row of features for every token.</summary>
/// <param name="Count">Tokens that there are.</param>
internal sealed record Embedding(int Count, int Features) : PlannedOperation
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int count = layer.Arguments.Integer(1, 1, "count");
        int features = layer.Arguments.Integer(1, 1, "features");
        return layer.Arguments.Valid && layer.Holds(count, Limits.Pitch(features))
            ? layer.Writes(new Embedding(count, features), layer.Input[0], features)
            : null;
    }

    public override EquatableArray<WeightTensor> Weights => [new("weight", [Count, Features])];

    public override WeightForm WeightForm => new Kernels(Count, Features, 1, 1, IsTransposed: false, Biases: 0);

    public override LayerKinds RuleKind => LayerKinds.None;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override bool IsSelection => false;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, axis.Count);

    public override int LanesToRead(Shape input, int present) => 1;

    public override int LanesWritten(Shape input, int lanes) => 1;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override IEnumerable<string> Details => [FormattableString.Invariant($"{Count} tokens")];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("num_embeddings", [Count])];

    public override void Forward(LayerForward plan)
    {
        WeightSet rows = WeightSet.Of(
            plan.Context.Parameter, WeightPart.W, 0, Packing.Table, new Dense(Count, Features), plan.Context.Output.Pitch);
        plan.Inline(to => new Gather(rows, to));
    }

    public override void Backward(LayerBackward plan)
    {
        Tensor result = plan.NewRelevance();
        plan.Inline("A token has the sum over its features.", new SumLanes(plan.Relevance, result));
        plan.Account(new Passed(), new HandedOn(result, plan.Context.Read()));
        plan.Give(result);
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;
}
