using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Rows whose features turn with their positions, two by two, the halves of each head.</summary>
internal sealed record RotaryEmbedding(Rotation Rotation) : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int heads = layer.Arguments.Integer(1, 1, "heads");
        double turns = layer.Arguments.Number("Base", 10000, minimum: float.Epsilon);
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        return layer.Input.Rank == 2 && layer.Input[1] % (2L * heads) == 0
            ? new ParsedLayer(new RotaryEmbedding(new Rotation(heads, layer.Input[1] / heads / 2, turns)), layer.Input)
            : layer.DoesNotFit($"(T, {heads}·d) with an even d");
    }

    public override LayerKinds RuleKind => LayerKinds.Position;

    public override Rule DefaultRule => DefaultRules.Epsilon;

    public override Sign SignOf(Sign input) => Sign.Any;

    // Positions are counted from the first row.
    public override SomeRows? RowsRead(int input, SomeRows? written) => null;

    public override int LanesToRead(Shape input, int present) => 1;

    public override IEnumerable<string> Details => [Rotation.Heads == 1 ? "1 head" : $"{Rotation.Heads} heads"];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("heads", [Rotation.Heads]), ("base", [Rotation.Base])];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new RotationMap(Rotation, context.Input, names);
}
