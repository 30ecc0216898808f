namespace LrpGen.Generator.Planning;

/// <summary>Products of matrices, one for each head: to_rc = Σ_i left_ri right_ic.</summary>
/// <remarks>
/// Where not every call has as many positions, the result's are the rows, and the right factor's what is summed over; columns are those of
/// <see cref="Product.ColumnsOf"/>. The sizes are the most then.
/// </remarks>
/// <param name="Heads">Matrices of each factor.</param>
/// <param name="Rows">Of the left factor and the result.</param>
/// <param name="Inner">Columns of the left factor, rows of the right one.</param>
/// <param name="Columns">Of the right factor and the result, where they lie in the lanes.</param>
internal sealed record Batched(int Heads, int Rows, int Inner, int Columns, Matrices Left, Matrices Right, Matrices To) : Contraction
{
    /// <summary>Where a causal mask leaves nothing.</summary>
    public Triangle Triangle { get; init; }

    public override long MultiplyAdds => (long)Heads * Rows * Inner * Columns;

    public override string Display => FormattableString.Invariant($"{(Heads == 1 ? "" : $"{Heads} of ")}{Rows}×{Inner} · {Inner}×{Columns}");

    public override string Name => FormattableString.Invariant($"{Heads}Of{Rows}x{Inner}By{Columns}");
}

/// <summary>How the matrices of a tensor lie in memory: floats from one to the next of each.</summary>
internal readonly record struct Matrices(int Head, int Row, int Column)
{
    public Matrices Transposed => new(Head, Column, Row);
}

/// <summary>Which matrix of a product is one of queries by keys with a causal mask: the runtime's type of that name.</summary>
internal enum Triangle
{
    None,
    Result,
    Left,
    LeftTransposed,
}
