namespace LrpGen;

/// <summary>
/// x + p with one learned row p for all rows (T, E) of the input: the first row of an <c>nn.Embedding</c>, as BERT adds for tokens that are all of
/// type 0. What it has of the relevance is absorbed, as by positions: R_x = x R / s(x + p).
/// </summary>
/// <param name="count">Rows of the embedding: types that there are.</param>
public sealed class TokenTypeEmbeddingAttribute(object count) : LayerAttribute
{
    /// <summary>Rows of the embedding: types that there are.</summary>
    public object Count { get; } = count;
}
