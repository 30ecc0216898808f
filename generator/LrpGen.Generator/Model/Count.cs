namespace LrpGen.Generator.Model;

/// <summary>How many positions an axis has whose length every call chooses: n for the input's own, else ⌊(Times · Of + Add) / Divide⌋.</summary>
/// <param name="Most">Of all calls.</param>
/// <param name="Of">The axis that it follows from; null for the input's own.</param>
internal sealed record Count(int Most, Count? Of = null, int Times = 1, int Add = 0, int Divide = 1)
{
    /// <summary>Which of them there are, but in a trace, which has as many as <see cref="Of"/>, or the most; null for all.</summary>
    public SomeRows? Only { get; init; }

    /// <summary>Whether the number of the input's own must be known.</summary>
    public bool FollowsInput => Only is null || Of is not null;

    /// <summary>The positions that follow from these.</summary>
    public Count Then(int times = 1, int add = 0, int divide = 1) =>
        (times, add, divide) == (1, 0, 1) ? this : new Count(Floor((times * (long)Most) + add, divide), this, times, add, divide);

    /// <summary>Their number in a call whose input has n.</summary>
    public int At(int n) => Of is null ? n : Floor((Times * (long)Of.At(n)) + Add, Divide);

    private static int Floor(long dividend, int divisor) => (int)Math.Floor((double)dividend / divisor);
}

/// <summary>The axis of a tensor whose length every call chooses.</summary>
/// <param name="Axis">Its place in the shape.</param>
/// <param name="Count">Its length.</param>
internal readonly record struct VariableAxis(int Axis, Count Count);

/// <summary>What a layer makes of an axis whose length every call chooses.</summary>
/// <param name="IsPossible">Whether the layer can do without knowing the length.</param>
/// <param name="Output">The axis of its output; null if all of that have one length.</param>
internal readonly record struct Variation(bool IsPossible, VariableAxis? Output)
{
    /// <summary>The layer must know the length.</summary>
    public static Variation Impossible => default;

    /// <summary>The output has one shape, whatever the length is.</summary>
    public static Variation Ends => new(true, null);

    /// <summary>The output has such an axis.</summary>
    public static Variation Of(int axis, Count count) => new(true, new VariableAxis(axis, count));
}
