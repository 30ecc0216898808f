namespace LrpGen;

/// <summary>
/// softmax(c Q Kᵀ) V for heads that lie side by side in rows of features: queries (T, h · d), keys (S, h · d) and values (S, h · e) to (T, h · e). As
/// PyTorch's <c>F.scaled_dot_product_attention</c>.
/// </summary>
/// <param name="inputs">
/// Names of three earlier layers: queries, keys, values; <c>input</c> is the input of the network, or of the block.
/// </param>
public sealed class ScaledDotProductAttentionAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <summary>Number of heads, h.</summary>
    public object Heads { get; set; } = 1;

    /// <summary>Heads of keys and values, each of which several heads of queries in a row share; as many as of queries by default.</summary>
    public object? KeyValueHeads { get; set; }

    /// <summary>Whether a query sees only keys up to its own position.</summary>
    public bool Causal { get; set; }

    /// <summary>c, other than 0; 1 / √d by default.</summary>
    public object? Scale { get; set; }
}

/// <summary>
/// Attention of several heads between learned projections. As PyTorch's <c>nn.MultiheadAttention</c>, batch first: queries are of (T, E), keys and
/// values of the same rows, or of another layer's (S, E). Its tensors are <c>in_proj_weight</c>, <c>in_proj_bias</c>, <c>out_proj.weight</c> and
/// <c>out_proj.bias</c>.
/// </summary>
/// <param name="heads">Number of heads; it divides E.</param>
public sealed class MultiheadAttentionAttribute(object heads) : LayerAttribute
{
    /// <summary>Number of heads.</summary>
    public object Heads { get; } = heads;

    /// <summary>Whether a query sees only keys up to its own position.</summary>
    public bool Causal { get; set; }

    /// <summary>Name of an earlier layer that keys and values are of; by default they are of what the layer reads.</summary>
    public string? Memory { get; set; }

    /// <summary>Whether the projections have biases; they have by default.</summary>
    public bool Bias { get; set; } = true;
}
