using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>a + p with a learned p for every element.</summary>
/// <param name="Sizes">Of p.</param>
/// <param name="Count">Rows of the table of which p is some; null for a parameter of its own.</param>
/// <param name="Offset">The first row of these.</param>
internal sealed record PositionEmbedding(EquatableArray<int> Sizes, int? Count, int Offset) : ElementwiseLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        const string count = "count";
        const string offset = "Offset";
        if (!layer.Arguments.Has(count))
        {
            if (layer.Arguments.Has(offset))
            {
                layer.Arguments.Fault(Descriptors.NoEffect, offset, offset, "a parameter has just the positions of the input");
            }

            return layer.Arguments.Valid ? new ParsedLayer(new PositionEmbedding(layer.Input.Sizes, null, 0), layer.Input) : null;
        }

        if (layer.Input.Rank != 2)
        {
            return layer.DoesNotFit("(T, E)");
        }

        int positions = layer.Input[0];
        int first = layer.Arguments.Integer(0, 0, Limits.Size - positions, offset);
        int rows = layer.Arguments.Integer(1, first + positions, count);
        return layer.Arguments.Valid ? new ParsedLayer(new PositionEmbedding(layer.Input.Sizes, rows, first), layer.Input) : null;
    }

    public override EquatableArray<WeightTensor> Weights => [new(Count is null ? "" : "weight", Sizes, Broadcasts: Count is null) { IsBias = true }];

    public override WeightForm WeightForm => new RowBiases(Sizes[Sizes.Count - 1]);

    public override TensorSource SourceOf(WeightTensor tensor, string layer) =>
        Count is int count ? new(tensor, tensor.Of(layer), Offset, count) : base.SourceOf(tensor, layer);

    public override LedgerColumn Absorber => LedgerColumn.Positions;

    public override LayerKinds RuleKind => LayerKinds.Position;

    public override Rule DefaultRule => DefaultRules.Epsilon;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override int LanesToRead(Shape input, int present) => input.Rank - 1;

    public override IEnumerable<string> Details =>
        Count is int count ? [FormattableString.Invariant($"rows {Offset} to {Offset + Sizes[0] - 1} of {count}")] : [];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        Count is int count ? [("num_embeddings", [count]), ("offset", [Offset])] : [];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names), "z_i = a_i + p_i.");

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => rule!.IsDerivative;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new SumMap(context.Input, names, context.Parameter);
}
