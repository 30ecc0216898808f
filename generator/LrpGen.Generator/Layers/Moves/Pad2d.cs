using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>An image with rows and columns around it: zeros, or its own mirrored at its first and last ones.</summary>
internal sealed record Pad2d(Margins Around, bool Reflects) : MovingLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer, bool reflects)
    {
        if (!layer.Takes(3))
        {
            return null;
        }

        (int channels, int height, int width) = layer.Input.Planes;
        Margins around = new(Side("top", height), Side("left", width), Side("bottom", height), Side("right", width));
        return layer.Arguments.Valid
            ? layer.Writes(
                new Pad2d(around, reflects), channels, (long)height + around.Top + around.Bottom, (long)width + around.Left + around.Right)
            : null;

        int Side(string name, int size) => layer.Arguments.Integer(0, 0, reflects ? size - 1 : Limits.Size, name, "padding");
    }

    public override bool KeepsBounds => Reflects;

    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis == 0 ? Variation.Of(0, axis.Count) : Variation.Impossible;

    public override int LanesWritten(Shape input, int lanes) => lanes;

    public override IEnumerable<string> Details => [$"left {Around.Left}, right {Around.Right}, top {Around.Top}, bottom {Around.Bottom}"];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        [("padding", [Around.Left, Around.Right, Around.Top, Around.Bottom])];

    protected override bool LeavesGaps => !Reflects;

    protected override bool Repeats => Reflects;

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        Arrangement read = context.Read();
        Arrangement written = context.Written;
        return
            from rows in Runs(read.Shape[1], Around.Top, Around.Bottom)
            from columns in Runs(read.Shape[2], Around.Left, Around.Right)
            select Nest.Of(
                (rows.From * read.Stride(1)) + (columns.From * read.Stride(2)),
                (rows.To * written.Stride(1)) + (columns.To * written.Stride(2)),
                [
                    Along(read, 0, written, 0),
                    new NestAxis(rows.Count, rows.Step * read.Stride(1), written.Stride(1)),
                    new NestAxis(columns.Count, columns.Step * read.Stride(2), written.Stride(2)),
                ]);
    }

    /// <summary>Where runs of positions along an axis come from and go to: the input itself, and what is mirrored before and behind it.</summary>
    private IEnumerable<(int From, int Step, int To, int Count)> Runs(int size, int before, int after)
    {
        yield return (0, 1, before, size);
        if (Reflects && before > 0)
        {
            yield return (before, -1, 0, before);
        }

        if (Reflects && after > 0)
        {
            yield return (size - 2, -1, before + size, after);
        }
    }
}
