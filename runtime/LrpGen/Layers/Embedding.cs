namespace LrpGen;

/// <summary>
/// A learned row of features for every token: from n token ids to (n, features). As PyTorch's <c>nn.Embedding</c>; it alone reads the input of a
/// network of tokens. Relevance of a token is the sum over its features.
/// </summary>
/// <param name="count">Number of tokens that there are: ids are 0 to one less.</param>
/// <param name="features">Features of a token.</param>
public sealed class EmbeddingAttribute(object count, object features) : LayerAttribute
{
    /// <summary>Number of tokens that there are.</summary>
    public object Count { get; } = count;

    /// <summary>Features of a token.</summary>
    public object Features { get; } = features;
}
