using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>a + p with learned rows p, which absorb their share of the relevance.</summary>
/// <param name="Rows">Sizes of p.</param>
/// <param name="Count">Rows of the table of which p is some; null for a parameter of its own.</param>
internal abstract record LearnedSum(EquatableArray<int> Rows, int? Count) : ElementwiseLayer
{
    /// <summary>The first row of the table that is added.</summary>
    protected virtual int First => 0;

    public override EquatableArray<WeightTensor> Weights => [new(Count is null ? "" : "weight", Rows, Broadcasts: Count is null) { IsBias = true }];

    public override WeightForm WeightForm => new RowBiases(Rows[Rows.Count - 1]);

    public override TensorSource SourceOf(WeightTensor tensor, string layer) =>
        Count is int count ? new(tensor, tensor.Of(layer), First, count) : base.SourceOf(tensor, layer);

    public override LedgerColumn Absorber => LedgerColumn.Positions;

    public override LayerKinds RuleKind => LayerKinds.Position;

    public override Rule DefaultRule => DefaultRules.Epsilon;

    public override SomeRows? RowsRead(int input, SomeRows? written) => null;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override int LanesToRead(Shape input, int present) => input.Rank - 1;

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names), "z_i = a_i + p_i.");

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => rule!.IsDerivative;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) =>
        new SumMap(context.Input, names, context.Parameter, Rows.Aggregate(1, (rows, size) => rows * size) / Rows[Rows.Count - 1]);
}
