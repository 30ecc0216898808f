namespace LrpGen.Tests.Reference;

/// <summary>Sizes of one sample in PyTorch's order, without the batch: (F), (T, E), (C, H, W), ….</summary>
internal sealed record Shape
{
    private readonly int[] strides;

    private Shape(IReadOnlyList<int> sizes)
    {
        Sizes = sizes;
        strides = new int[sizes.Count];
        Size = 1;
        for (int axis = sizes.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = Size;
            Size *= sizes[axis];
        }
    }

    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Number of values.</summary>
    public int Size { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Sizes.Count;

    public static Shape Of(params IReadOnlyList<int> sizes) => new(sizes);

    /// <summary>Size along an axis; negative ones count from the end.</summary>
    public int this[int axis] => Sizes[Axis(axis)];

    /// <summary>An axis that may be counted from the end.</summary>
    public int Axis(int axis) => axis < 0 ? axis + Rank : axis;

    /// <summary>Elements from a position along an axis to the next.</summary>
    public int Stride(int axis) => strides[Axis(axis)];

    /// <summary>The position along an axis of an element.</summary>
    public int Position(int axis, int element) => element / Stride(axis) % this[axis];

    /// <summary>The shape with another size along an axis.</summary>
    public Shape With(int axis, int size) => new([.. Sizes.Select((present, k) => k == Axis(axis) ? size : present)]);

    /// <summary>The shape without an axis.</summary>
    public Shape Without(int axis) => new([.. Sizes.Where((_, k) => k != Axis(axis))]);

    /// <summary>Positions of an element along all axes.</summary>
    public int[] IndexOf(int element) => [.. Enumerable.Range(0, Rank).Select(axis => Position(axis, element))];

    /// <summary>The element at positions along all axes.</summary>
    public int ElementAt(IReadOnlyList<int> index) => index.Select((position, axis) => position * strides[axis]).Sum();

    /// <summary>Channels, rows and columns; a signal has one row, a vector one column too.</summary>
    public (int Channels, int Height, int Width) Planes => Rank switch
    {
        1 => (this[0], 1, 1),
        2 => (this[0], 1, this[1]),
        _ => (this[0], this[1], this[2]),
    };

    public bool Equals(Shape? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

    public override int GetHashCode() => Sizes.Aggregate(0, HashCode.Combine);

    public override string ToString() => $"({string.Join(", ", Sizes)})";
}
