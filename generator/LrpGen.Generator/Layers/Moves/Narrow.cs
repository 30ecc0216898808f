using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Some positions along an axis; or one, and the axis is gone.</summary>
internal sealed record Narrow(int Dim, int Start, int Length, bool DropsAxis) : MovingLayer
{
    /// <summary>Whether the start is counted from the end.</summary>
    public bool IsFromEnd { get; init; }

    /// <summary>Whether it is the last row, of whatever number there are.</summary>
    public bool IsLast { get; init; }

    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (layer.Axis("Dim", 0) is not int dim)
        {
            return null;
        }

        int size = layer.Input[dim];
        int given = layer.Arguments.Integer(0, -size, size - 1, "start");
        int start = FromFront(given, size);
        int length = layer.Arguments.Integer(1, 1, size - Math.Min(start, size - 1), "length");
        return layer.Arguments.Valid
            ? new ParsedLayer(new Narrow(dim, start, length, DropsAxis: false) { IsFromEnd = given < 0 }, layer.Input.With(dim, length))
            : null;
    }

    public static ParsedLayer? ParseSelect(LayerDeclaration layer)
    {
        if (layer.Input.Rank < 2)
        {
            return layer.DoesNotFit("two axes or more");
        }

        if (layer.Axis("Dim", 0) is not int dim)
        {
            return null;
        }

        int size = layer.Input[dim];
        int given = layer.Arguments.Integer(0, -size, size - 1, "index");
        int index = FromFront(given, size);
        bool isLast = dim == 0 && layer.Input.Variable?.Axis switch { null => index == size - 1, 0 => given == -1, _ => false };
        return layer.Arguments.Valid
            ? new ParsedLayer(new Narrow(dim, index, 1, DropsAxis: true) { IsFromEnd = given < 0, IsLast = isLast }, layer.Input.Without(dim))
            : null;
    }

    // Of positions that some calls may lack, the first and the last are none.
    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis != Dim ? Variation.Of(DropsAxis && axis.Axis > Dim ? axis.Axis - 1 : axis.Axis, axis.Count)
        : IsLast || (!IsFromEnd && (Start, Length) == (0, 1)) ? Variation.Ends
        : Variation.Impossible;

    public override SomeRows? RowsRead(int input, SomeRows? written) =>
        Dim != 0 ? null : IsLast ? new(1, AreLast: true) : Start == 0 ? new(Length, AreLast: false) : null;

    public override int LanesWritten(Shape input, int lanes) => !DropsAxis || lanes < Dim ? lanes : lanes > Dim ? lanes - 1 : input.Rank - 2;

    public override IEnumerable<string> Details =>
    [
        IsLast ? "the last position of axis 0"
            : DropsAxis ? $"position {Start} of axis {Dim}"
            : $"positions {Start} to {Start + Length - 1} of axis {Dim}",
    ];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => DropsAxis
        ? [("dim", [Dim]), ("index", [Start])]
        : [("dim", [Dim]), ("start", [Start]), ("length", [Length])];

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        Arrangement read = context.Read();
        Arrangement written = context.Written;
        IEnumerable<NestAxis> axes = Enumerable.Range(0, read.Shape.Rank)
            .Where(axis => !DropsAxis || axis != Dim)
            .Select(axis => Along(read, axis, written, DropsAxis && axis > Dim ? axis - 1 : axis));
        return IsLast && read.Count is not null
            ? [Nest.Of(read.Stride(Dim), 0, axes) with { IsFromEnd = (true, false) }]
            : [Nest.Of(Start * read.Stride(Dim), 0, axes)];
    }

    /// <summary>A position along an axis, of which negative ones are counted from its end.</summary>
    private static int FromFront(int position, int size) => position < 0 ? position + size : position;
}
