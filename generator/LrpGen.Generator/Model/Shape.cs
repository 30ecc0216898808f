namespace LrpGen.Generator.Model;

/// <summary>Shape of one sample, of any rank.</summary>
/// <param name="Sizes">In PyTorch's order, without the batch: (F), (T, E), (C, H, W), ….</param>
internal readonly record struct Shape(EquatableArray<int> Sizes)
{
    public static Shape Of(params int[] sizes) => new(new EquatableArray<int>(sizes));

    /// <summary>The axis of which every call chooses how much there is, up to its size; null if all calls have the same.</summary>
    public VariableAxis? Variable { get; init; }

    /// <summary>Number of axes.</summary>
    public int Rank => Sizes.Count;

    /// <summary>Number of values.</summary>
    public int Size => Product(0, Rank);

    /// <summary>Size along an axis; negative ones count from the end.</summary>
    public int this[int axis] => Sizes[axis < 0 ? axis + Rank : axis];

    /// <summary>The product of the sizes of axes from the first to the one before the last.</summary>
    public int Product(int first, int end)
    {
        int product = 1;
        for (int axis = first; axis < end; axis++)
        {
            product *= Sizes[axis];
        }

        return product;
    }

    /// <summary>As planes of rows and columns, on which windows lie: the last two axes, and all before them as channels.</summary>
    public (int Channels, int Height, int Width) Planes => Rank switch
    {
        1 => (1, 1, this[0]),
        2 => (this[0], 1, this[1]),
        _ => (Product(0, Rank - 2), this[-2], this[-1]),
    };

    /// <summary>The shape with another size along an axis.</summary>
    public Shape With(int axis, int size)
    {
        int changed = axis < 0 ? axis + Rank : axis;
        return new Shape(Sizes.Select((present, index) => index == changed ? size : present).ToEquatableArray());
    }

    /// <summary>The shape without an axis.</summary>
    public Shape Without(int axis) => new(Sizes.Where((_, index) => index != axis).ToEquatableArray());

    /// <summary>As PyTorch prints it: (16, 28, 28), or (≤ 40, 13).</summary>
    public override string ToString()
    {
        int? variable = Variable?.Axis;
        IEnumerable<string> sizes = Sizes.Select((size, axis) => FormattableString.Invariant($"{(axis == variable ? "≤ " : "")}{size}"));
        return $"({string.Join(", ", sizes)})";
    }
}
