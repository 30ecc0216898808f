using System.Globalization;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>
/// The product of two matrices that layers give, for every position along the axes before. With heads, the lanes of a factor (T, h·k) are h matrices
/// (T, k): scores (h, T, S) of (T, h·k) and (S, h·k), or (T, h·d) of weights (h, T, S) and (S, h·d).
/// </summary>
/// <param name="Rank">Of the output.</param>
/// <param name="Heads">Null if the factors' matrices lie along the axes before.</param>
internal sealed record MatMul(int Rank, int Batch, int Rows, int Inner, int Columns, bool TransposeB, int? Heads) : PlannedOperation
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        bool transposeB = layer.Arguments.Flag("TransposeB", false);
        int? heads = layer.Arguments.Has("Heads") ? layer.Arguments.Integer(1, 1, "Heads") : null;
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        if (layer.Inputs.Count != 2)
        {
            layer.Arguments.OutOfRange("inputs", "the names of two layers", layer.Inputs.Count);
            return null;
        }

        (Shape a, Shape b) = (layer.Inputs[0], layer.Inputs[1]);
        return heads is int count ? ParseHeads(layer, a, b, transposeB, count) : ParseMatrices(layer, a, b, transposeB);
    }

    public override LayerKinds RuleKind => LayerKinds.MatMul;

    public override Rule DefaultRule => DefaultRules.GatedProduct;

    public override long MultiplyAdds => (long)Batch * Rows * Inner * Columns;

    public override Sign SignOf(Sign input) => input;

    public override bool IsSelection => false;

    // Nothing knows yet how matrices lie whose rows are of the call.
    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Impossible;

    public override int LanesToRead(Shape input, int present) => input.Rank - 1;

    public override int LanesWritten(Shape input, int lanes) => Rank - 1;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override IEnumerable<string> Details =>
    [
        .. Heads is int heads ? [$"{heads} heads"] : Array.Empty<string>(),
        .. TransposeB ? ["second transposed"] : Array.Empty<string>(),
    ];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
    [
        .. Heads is int heads ? [("heads", [heads])] : Array.Empty<(string, EquatableArray<double>)>(),
        ("transpose_b", [TransposeB ? 1 : 0]),
    ];

    public override void Forward(LayerForward plan) => plan.Method("z", "z = a b.", (steps, to) =>
        FormOf(plan.Context).Product(steps, plan.Input(0), plan.Input(1), accumulate: false, to, plan.Names));

    /// <summary>
    /// Relevance is shared by one of the factors, if the other one is a gate, or by halves; derivatives are of both.
    /// </summary>
    public override void Backward(LayerBackward plan)
    {
        bool isShared = plan.Rule.Shares.Any(share => share.Normalized);
        int? factor = isShared && plan.Rule.Gate != Gate.Half ? plan.Context.FactorThatIsNoGate() : null;
        Rule rule = isShared && factor is null ? plan.Rule.ScaledBy(0.5) : plan.Rule;
        plan.ShareFactors((index, names) => MapOf(plan, index, names), rule, factor is int only ? [only] : [0, 1]);
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => false;

    public override string Remark(PlanContext context) =>
        $"looped: {MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture)} multiply-adds";

    private static ParsedLayer? ParseMatrices(LayerDeclaration layer, Shape a, Shape b, bool transposeB)
    {
        if (a.Rank < 2
            || a.Rank != b.Rank
            || !a.Sizes.Take(a.Rank - 2).SequenceEqual(b.Sizes.Take(a.Rank - 2))
            || a[-1] != b[transposeB ? -1 : -2])
        {
            return layer.InputsDiffer(transposeB ? "inputs (…, n, k) and (…, m, k)" : "inputs (…, n, k) and (…, k, m)");
        }

        int columns = b[transposeB ? -2 : -1];
        MatMul operation = new(a.Rank, a.Product(0, a.Rank - 2), a[-2], a[-1], columns, transposeB, Heads: null);
        return layer.Writes(operation, [.. a.With(-1, columns).Sizes.Select(size => (long)size)]);
    }

    private static ParsedLayer? ParseHeads(LayerDeclaration layer, Shape a, Shape b, bool transposeB, int heads)
    {
        if (transposeB)
        {
            return a.Rank == 2 && b.Rank == 2 && a[1] == b[1] && a[1] % heads == 0
                ? layer.Writes(new MatMul(3, heads, a[0], a[1] / heads, b[0], transposeB, heads), heads, a[0], b[0])
                : layer.InputsDiffer($"inputs (T, {heads}·k) and (S, {heads}·k)");
        }

        return a.Rank == 3 && b.Rank == 2 && a[0] == heads && a[2] == b[0] && b[1] % heads == 0
            ? layer.Writes(new MatMul(2, heads, a[1], a[2], b[1] / heads, transposeB, heads), a[1], b[1])
            : layer.InputsDiffer($"inputs ({heads}, T, S) and (S, {heads}·d)");
    }

    private MatrixMap MapOf(LayerBackward plan, int index, TensorNames names)
    {
        int other = 1 - index;
        int source = plan.Layer.Inputs[other];
        bool isNonNegative = source >= 0 && plan.Context.Facts.IsNonNegative(source);
        return new MatrixMap(
            FormOf(plan.Context),
            Extent.Of(plan.Context.Read(index)),
            plan.Input(other),
            other == 0,
            isNonNegative,
            plan.Context.Read(other),
            plan.Context.Output,
            names);
    }

    private MatrixForm FormOf(PlanContext context)
    {
        Matrices b = MatricesOf(context.Read(1), TransposeB ? Columns : Inner, TransposeB ? Inner : Columns);
        return new MatrixForm(
            Batch,
            Rows,
            Inner,
            Columns,
            MatricesOf(context.Read(0), Rows, Inner),
            TransposeB ? b.Transposed : b,
            MatricesOf(context.Written, Rows, Columns));
    }

    /// <summary>Heads lie side by side in the lanes of a tensor that has more lanes than a matrix has columns, else one behind the other.</summary>
    private static Matrices MatricesOf(Arrangement arrangement, int rows, int columns) =>
        new(arrangement.Lanes > columns ? columns : rows * arrangement.Pitch, arrangement.Pitch, 1);
}
