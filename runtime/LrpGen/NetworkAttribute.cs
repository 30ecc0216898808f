namespace LrpGen;

/// <summary>
/// Declares a partial class as a neural network. The layer attributes that follow, in their order, are its layers;
/// every <see cref="ExplainAttribute{TComposite}"/> adds a way to explain its predictions.
/// </summary>
/// <param name="inputShape">
/// Shape of one input without the batch: (channels, height, width), (channels, length), (rows, features), (features), or any other.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute(params int[] inputShape) : Attribute
{
    /// <summary>Shape of one input without the batch.</summary>
    public IReadOnlyList<int> InputShape { get; } = inputShape;

    /// <summary>How 3×3 convolutions are computed: by default as is fastest.</summary>
    public ConvolutionMethod Convolution { get; set; }

    /// <summary>
    /// Whether every call chooses how long the first axis is, up to its size: of (40, 13) a call gives 1 to 40 rows of 13 features, one after
    /// another. Results are those of a network of just that length.
    /// </summary>
    public bool Variable { get; set; }

    /// <summary>
    /// The most token ids of an input, in place of a shape: a call gives one or more of them. An <see cref="EmbeddingAttribute"/> reads them.
    /// </summary>
    public int Tokens { get; set; }

    /// <summary>
    /// Names of tensors that files may have besides those of the network, such as buffers or heads for training; <c>*</c> stands for any text:
    /// <c>h.*.attn.bias</c>.
    /// </summary>
    public string[] Ignore { get; set; } = [];
}
