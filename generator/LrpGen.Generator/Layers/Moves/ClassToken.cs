using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>A learned row in front of the others, of as many features.</summary>
internal sealed record ClassToken(int Features) : MovingLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer) => layer.Input.Rank == 2
        ? layer.Writes(new ClassToken(layer.Input[1]), layer.Input[0] + 1L, layer.Input[1])
        : layer.DoesNotFit("(T, E)");

    public override EquatableArray<WeightTensor> Weights => [new("", [Features], Broadcasts: true) { IsBias = true }];

    public override WeightForm WeightForm => new RowBiases(Features);

    public override LedgerColumn Absorber => LedgerColumn.ClassToken;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override bool IsSelection => false;

    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis == 0 ? Variation.Of(0, axis.Count.Then(add: 1)) : Variation.Impossible;

    public override int LanesToRead(Shape input, int present) => 1;

    public override int LanesWritten(Shape input, int lanes) => 1;

    protected override bool LeavesGaps => true;

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        Arrangement read = context.Read();
        Arrangement written = context.Written;
        return [Nest.Of(0, written.Stride(0), [Along(read, 0, written, 0), Along(read, 1, written, 1)])];
    }

    protected override void FillGaps(LayerForward plan, List<Step> steps, Tensor to)
    {
        Tensor row = plan.Names.New("p", new Extent(1, Features, to.Pitch));
        steps.Add(new Pointwise(new ReadBias(BiasSet.Of(plan.Context.Parameter, BiasPart.B, 0, to.Pitch)!), row));
        steps.Add(new Move(row, Nest.Of(0, 0, [new NestAxis(Features, 1, 1)]), Adds: false, to));
    }
}
