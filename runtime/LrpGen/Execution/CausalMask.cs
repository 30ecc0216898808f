using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Which matrix of a product has a row for every query and a column for every key, and nothing where a query must not see a key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Triangle
{
    /// <summary>None: all is computed.</summary>
    None,

    /// <summary>The result; elements that are not seen are left as they are, or get any finite value.</summary>
    Result,

    /// <summary>The left factor, with a few zeros behind what is seen of a row; what comes behind these is not read.</summary>
    Left,

    /// <summary>The same, with a row for every key.</summary>
    LeftTransposed,
}

/// <summary>Query i sees the keys up to i + offset.</summary>
/// <param name="offset">Keys before those of the first query, less than 0 if the first queries see none.</param>
internal readonly struct CausalMask(int offset)
{
    /// <summary>How many of the keys a query sees.</summary>
    public int KeysOf(int query, int keys) => Math.Clamp(query + offset + 1, 0, keys);

    /// <summary>The first query that sees a key, and the number of queries if none does.</summary>
    public int FirstQueryOf(int key, int queries) => Math.Clamp(key - offset, 0, queries);

    /// <summary>Floats of a row that must have a value, 0 behind what is seen: products read the rows of a tile as far as its last.</summary>
    /// <param name="seen">Keys that the row's query sees.</param>
    /// <param name="pitch">Floats of the row.</param>
    public static int Written(int seen, int pitch) => Math.Min(Simd.RoundUp(seen + MatrixProducts.Tile - 1), pitch);

    /// <summary>Where the i-th of rows stands in an order in which those that see little and much take turns: parts of it are alike.</summary>
    public static int Alternating(int i, int rows) => int.IsEvenInteger(i) ? i / 2 : rows - 1 - (i / 2);
}
