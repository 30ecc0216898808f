using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>What pools have in common.</summary>
/// <param name="Is1d">Whether they are over (C, L), with <see cref="Axis.None"/> as rows.</param>
internal abstract record Pool(bool Is1d, PoolWindows Windows) : ChannelLayer
{
    protected Axis Rows => Windows.Rows;

    protected Axis Columns => Windows.Columns;

    public override Sign SignOf(Sign input) => input;

    public override bool KeepsBoundsOfChannels => KeepsBounds;

    // A window that reaches over the end is there for some lengths only.
    public override Variation Vary(Shape input, VariableAxis axis) =>
        Windows.Adaptive ? Variation.Ends : Windows.MayOverhang ? Variation.Impossible : Variation.Of(axis.Axis, Columns.Windows(axis.Count));

    public override bool KeepsLanes(Shape input, int lanes) => true;

    public override IEnumerable<string> Details => Windows.Adaptive ? [] : WindowArguments.Details(Is1d, Rows, Columns);

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => Windows.Adaptive
        ? []
        : [.. WindowArguments.Of(Is1d, Rows, Columns), ("ceil_mode", [Rows.Overhangs || Columns.Overhangs ? 1 : 0])];

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    protected static bool Overhangs(LayerDeclaration layer) => layer.Arguments.Flag("CeilMode", false);

    /// <summary>A pool whose windows give a fixed size.</summary>
    /// <param name="rank">Of the input: 2 or 3.</param>
    protected static ParsedLayer? Adaptive(LayerDeclaration layer, int rank, Func<PoolWindows, Pool> pool) =>
        WindowArguments.ParseAdaptive(layer, rank) is var (rows, columns)
            ? new ParsedLayer(pool(new PoolWindows(rows, columns, Adaptive: true)), WindowArguments.Output(layer, layer.Input[0], rows, columns))
            : null;
}

/// <summary>Largest value of each window; padding never wins.</summary>
internal sealed record MaxPool(bool Is1d, PoolWindows Windows) : Pool(Is1d, Windows)
{
    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, int rank) => WindowArguments.Parse(layer, rank, isPool: true) is var (rows, columns)
        ? WindowArguments.Parsed(
            layer, new MaxPool(rank == 2, new PoolWindows(rows, columns, MayOverhang: Overhangs(layer))), layer.Input[0], rows, columns)
        : null;

    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? ParseAdaptive(LayerDeclaration layer, int rank) =>
        Adaptive(layer, rank, windows => new MaxPool(rank == 2, windows));

    public override LayerKinds RuleKind => LayerKinds.None;

    public override bool IsSelection => true;

    public override void Forward(LayerForward plan) => plan.Largest(Windows);

    public override void Backward(LayerBackward plan) => plan.ToWinner(Windows);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => ofOutput;
}

/// <summary>Mean of each window.</summary>
internal sealed record AveragePool(bool Is1d, PoolWindows Windows) : Pool(Is1d, Windows)
{
    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, int rank)
    {
        Divisor divisor = layer.Arguments.Flag("CountIncludePad", true) ? Divisor.PaddedInput : Divisor.Input;
        return WindowArguments.Parse(layer, rank, isPool: true) is var (rows, columns)
            ? WindowArguments.Parsed(
                layer,
                new AveragePool(rank == 2, new PoolWindows(rows, columns, divisor, MayOverhang: Overhangs(layer))),
                layer.Input[0],
                rows,
                columns)
            : null;
    }

    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? ParseAdaptive(LayerDeclaration layer, int rank) =>
        Adaptive(layer, rank, windows => new AveragePool(rank == 2, windows));

    public override LayerKinds RuleKind => LayerKinds.AveragePool;

    // Padding that counts is 0, which bounds may exclude.
    public override bool KeepsBounds => Windows.Divisor == Divisor.Input || (Rows.Padding == 0 && Columns.Padding == 0);

    public override Rule DefaultRule => DefaultRules.Norm;

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => Windows.Adaptive
        ? []
        : [.. base.Arguments, ("count_include_pad", [Windows.Divisor == Divisor.PaddedInput ? 1 : 0])];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names), "The mean of each window.");

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new AverageMap(Windows, context.Input, context.Output, names);
}
