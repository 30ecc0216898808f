using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>What layers have in common that make one value of all along an axis, which is gone then: a pool whose windows are that axis.</summary>
internal abstract record Reduction(int Dim) : PlannedOperation
{
    public override Sign SignOf(Sign input) => input;

    public override bool KeepsBounds => true;

    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis == Dim ? Variation.Ends : Variation.Of(axis.Axis > Dim ? axis.Axis - 1 : axis.Axis, axis.Count);

    // Any axis but the one that goes.
    public override int LanesToRead(Shape input, int present) => present != Dim ? present : Dim == input.Rank - 1 ? input.Rank - 2 : input.Rank - 1;

    public override int LanesWritten(Shape input, int lanes) => lanes > Dim ? lanes - 1 : lanes;

    public override bool KeepsLanes(Shape input, int lanes) => true;

    public override IEnumerable<string> Details => [$"axis {Dim}"];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("dim", [Dim])];

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    protected static ParsedLayer? Parse(LayerDeclaration layer, Func<int, Reduction> operation) =>
        layer.Input.Rank < 2 ? layer.DoesNotFit("two axes or more")
        : layer.Axis("Dim", 0) is int dim ? new ParsedLayer(operation(dim), layer.Input.Without(dim))
        : null;

    /// <summary>The axis as rows of windows, and all rows behind it as columns.</summary>
    protected PoolWindows WindowsOf(PlanContext context)
    {
        Arrangement read = context.Read();
        int size = read.Shape[Dim];
        int inner = read.Shape.Product(Dim + 1, read.Shape.Rank) / (read.LaneAxis > Dim ? read.Lanes : 1);
        int outer = read.Rows / size / inner;
        return new PoolWindows(new Axis(outer * size, outer, size, size, 0, 1), Axis.None with { Input = inner, Output = inner }, Adaptive: true);
    }
}

/// <summary>The mean along an axis.</summary>
internal sealed record Mean(int Dim) : Reduction(Dim)
{
    public static ParsedLayer? Parse(LayerDeclaration layer) => Parse(layer, dim => new Mean(dim));

    public override LayerKinds RuleKind => LayerKinds.AveragePool;

    public override Rule DefaultRule => DefaultRules.Norm;

    public override bool IsSelection => false;

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names), "The mean along the axis.");

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) =>
        new AverageMap(WindowsOf(context), context.Input, context.Output, names);
}

/// <summary>The largest along an axis.</summary>
internal sealed record Max(int Dim) : Reduction(Dim)
{
    public static ParsedLayer? Parse(LayerDeclaration layer) => Parse(layer, dim => new Max(dim));

    public override LayerKinds RuleKind => LayerKinds.None;

    public override bool IsSelection => true;

    public override void Forward(LayerForward plan) => plan.Largest(WindowsOf(plan.Context));

    public override void Backward(LayerBackward plan) => plan.ToWinner(WindowsOf(plan.Context));

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => ofOutput;
}
