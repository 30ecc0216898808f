namespace LrpGen.Generator.Planning;

/// <summary>Nested loops over elements of two tensors, outermost first.</summary>
/// <param name="From">Where the first element is in what is read.</param>
/// <param name="To">Where it goes in what is written.</param>
/// <param name="Axes">The loops.</param>
internal sealed record Nest(int From, int To, EquatableArray<NestAxis> Axes)
{
    /// <summary>Whether the first element is counted from the end of what is read, or of what is written, whose length calls choose.</summary>
    public (bool From, bool To) IsFromEnd { get; init; }

    /// <summary>Number of elements.</summary>
    public long Count => Axes.Aggregate(1L, (count, axis) => count * axis.Count);

    /// <summary>The same elements, the other way.</summary>
    public Nest Reversed => new(To, From, Axes.Select(axis => axis with { From = axis.To, To = axis.From }).ToEquatableArray())
    {
        IsFromEnd = (IsFromEnd.To, IsFromEnd.From),
    };

    /// <summary>The nest with as few loops as it needs, the one with the smallest steps innermost.</summary>
    public static Nest Of(int from, int to, IEnumerable<NestAxis> axes)
    {
        List<NestAxis> loops = [];
        IEnumerable<NestAxis> ordered = axes
            .Where(axis => axis.Count > 1)
            .OrderByDescending(axis => Math.Abs(axis.To))
            .ThenByDescending(axis => Math.Abs(axis.From));
        foreach (NestAxis axis in ordered)
        {
            if (loops.Count > 0 && loops[loops.Count - 1] is { } outer && outer.From == axis.From * axis.Count && outer.To == axis.To * axis.Count)
            {
                loops[loops.Count - 1] = axis with { Count = outer.Count * axis.Count, Of = outer.Of ?? axis.Of };
            }
            else
            {
                loops.Add(axis);
            }
        }

        return new Nest(from, to, loops.ToEquatableArray());
    }
}

/// <summary>A loop.</summary>
/// <param name="Count">How often it runs.</param>
/// <param name="From">Its step in what is read.</param>
/// <param name="To">Its step in what is written.</param>
/// <param name="Of">What it follows from if it varies; it is the most then.</param>
internal readonly record struct NestAxis(int Count, int From, int To, Count? Of = null);
