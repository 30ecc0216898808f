namespace LrpGen.Generator.Planning;

/// <summary>
/// A block of floats: rows of lanes, where lane l of row r lies at r·<see cref="Pitch"/> + l. Lanes from <see cref="Lanes"/> to
/// <see cref="Pitch"/> are padding: finite, and met by zero weights wherever they are read.
/// </summary>
/// <param name="name">Unique in its program, such as <c>a3</c>.</param>
/// <param name="symbol">The papers' name within a layer, such as <c>a</c>.</param>
/// <param name="extent">How much memory it takes.</param>
/// <param name="stored">Whether it is computed at load and kept, rather than in a call's workspace.</param>
internal sealed class Tensor(string name, string symbol, Extent extent, bool stored = false)
{
    public string Name { get; } = name;

    public string Symbol { get; } = symbol;

    public Extent Extent { get; } = extent;

    public bool Stored { get; } = stored;

    public int Rows => Extent.Rows;

    public int Lanes => Extent.Lanes;

    public int Pitch => Extent.Pitch;

    /// <summary>Whether not every call has as many rows, all of them whole vectors.</summary>
    public bool Varies => Extent.Count is not null;

    /// <summary>Floats that it takes: whole vectors, whatever the pitch.</summary>
    public int Length => Simd.RoundUp(Rows * Pitch);
}

/// <summary>The memory of a tensor.</summary>
/// <param name="Rows">Pixels of an image, tokens of a sequence.</param>
/// <param name="Lanes">Channels of a pixel, features of a token.</param>
/// <param name="Pitch">Floats from a row to the next.</param>
/// <param name="Count">Positions, of one row or of several, where not every call has as many; <paramref name="Rows"/> are those of the most.</param>
internal readonly record struct Extent(int Rows, int Lanes, int Pitch, Count? Count = null)
{
    public static Extent Of(Arrangement arrangement) =>
        new(arrangement.Rows, arrangement.Lanes, arrangement.Pitch, arrangement.Count);
}
