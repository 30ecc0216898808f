namespace LrpGen;

/// <summary>The function between the two linear layers of a transformer's layer.</summary>
public enum TransformerActivation
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x Φ(x).</summary>
    GELU,
}

/// <summary>What layers of transformers have in common: a block of layers with PyTorch's names, which counts as one layer as blocks do.</summary>
/// <remarks>
/// To what attention reads, rows (T, E), and to what the linear layers read, their result is added (<c>sum1</c>, <c>sum2</c>, …), and each sum is
/// normalised. Vaswani et al. 2017.
/// </remarks>
/// <param name="heads">Number of heads; it divides E.</param>
/// <param name="feedForward">Outputs of <c>linear1</c>.</param>
public abstract class TransformerLayerAttribute(object heads, object feedForward) : LayerAttribute
{
    /// <summary>Number of heads.</summary>
    public object Heads { get; } = heads;

    /// <summary>Outputs of <c>linear1</c>.</summary>
    public object FeedForward { get; } = feedForward;

    /// <summary>Whether what attention and linear layers read is normalised, in place of the sums.</summary>
    public bool NormFirst { get; set; }

    /// <summary>The function between the linear layers.</summary>
    public TransformerActivation Activation { get; set; }

    /// <summary>What the normalisations add to the variance.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether a row attends only to rows up to its own in <c>self_attn</c>.</summary>
    public bool Causal { get; set; }

    /// <summary>How many follow one another, each with an index or a number of its own, as copies of a block.</summary>
    public object Repeat { get; set; } = 1;
}

/// <summary>
/// <c>self_attn</c>, <c>norm1</c>, <c>linear1</c>, <c>linear2</c> and <c>norm2</c>. As PyTorch's <c>nn.TransformerEncoderLayer</c>, batch first.
/// </summary>
/// <inheritdoc/>
public sealed class TransformerEncoderLayerAttribute(object heads, object feedForward) : TransformerLayerAttribute(heads, feedForward);

/// <summary>
/// <c>self_attn</c>, <c>norm1</c>, <c>multihead_attn</c> to rows of another layer, <c>norm2</c>, <c>linear1</c>, <c>linear2</c> and <c>norm3</c>. As
/// PyTorch's <c>nn.TransformerDecoderLayer</c>, batch first.
/// </summary>
/// <inheritdoc/>
public sealed class TransformerDecoderLayerAttribute(object heads, object feedForward) : TransformerLayerAttribute(heads, feedForward)
{
    /// <summary>Name of an earlier layer with rows (S, E), of which keys and values of <c>multihead_attn</c> are.</summary>
    public required string Memory { get; set; }
}
