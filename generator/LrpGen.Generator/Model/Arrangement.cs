namespace LrpGen.Generator.Model;

/// <summary>
/// How a tensor of some shape lies in memory: one axis in the lanes, side by side, and a row of lanes for every position along the others, in
/// their order. (C, H, W) with its first axis in the lanes is an image with its channels last; (T, E) with its last one lies as PyTorch has it.
/// </summary>
/// <param name="Shape">The tensor's shape.</param>
/// <param name="LaneAxis">The axis in the lanes.</param>
/// <param name="Pitch">Floats from a row to the next; those beyond the lanes are padding.</param>
internal readonly record struct Arrangement(Shape Shape, int LaneAxis, int Pitch)
{
    /// <summary>The rows that there are, but in a trace, which has all; null for all.</summary>
    public SomeRows? Only { get; init; }

    /// <summary>The number of positions of which not every call has as many; null if all have.</summary>
    public Count? Count => Only is null ? Shape.Variable?.Count : new Count(Shape[0], Shape.Variable?.Count) { Only = Only };

    /// <summary>The same along an axis.</summary>
    public Count? CountAlong(int axis) => axis == (Only is null ? Shape.Variable?.Axis : 0) ? Count : null;

    /// <summary>PyTorch's own order, as data of users are in.</summary>
    public static Arrangement Dense(Shape shape) => new(Shape.Of(shape.Size), 0, shape.Size);

    public int Lanes => Shape[LaneAxis];

    /// <summary>Rows for each position along the axes before that of the lanes: the product of the sizes behind it.</summary>
    public int Inner => Shape.Product(LaneAxis + 1, Shape.Rank);

    /// <summary>The product of the sizes before the axis of the lanes.</summary>
    public int Outer => Shape.Product(0, LaneAxis);

    public int Rows => Outer * Inner;

    /// <summary>Floats from a position along an axis to the next.</summary>
    public int Stride(int axis) => axis == LaneAxis
        ? 1
        : Pitch * (axis < LaneAxis ? Shape.Product(axis + 1, LaneAxis) * Inner : Shape.Product(axis + 1, Shape.Rank));
}
