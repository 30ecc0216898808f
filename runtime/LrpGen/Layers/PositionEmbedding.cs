namespace LrpGen;

/// <summary>
/// x + p with a learned p for every element: an <c>nn.Parameter</c> of the input's shape called like the layer, or with a count the first rows of an
/// <c>nn.Embedding</c>. What positions have of the relevance is absorbed: R_x = x R / s(x + p).
/// </summary>
public sealed class PositionEmbeddingAttribute : LayerAttribute
{
    /// <summary>Adds a parameter of the input's shape; in the file it may have leading axes of size 1.</summary>
    public PositionEmbeddingAttribute()
    {
    }

    /// <summary>Adds rows of an embedding to the rows (T, E) of the input.</summary>
    /// <param name="count">Rows of the embedding, at least those of the input.</param>
    public PositionEmbeddingAttribute(object count)
    {
        Count = count;
    }

    /// <summary>Rows of the embedding; null for a parameter.</summary>
    public object? Count { get; }

    /// <summary>The row of the embedding that the first of the input gets.</summary>
    public object Offset { get; set; } = 0;
}
