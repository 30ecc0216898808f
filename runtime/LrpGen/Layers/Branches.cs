namespace LrpGen;

/// <summary>The sum of outputs, element by element, as of a residual connection. Axes of size 1 are broadcast.</summary>
/// <param name="inputs">Names of two or more earlier layers; <c>input</c> is the input of the network, or of the block.</param>
public sealed class AddAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;
}

/// <summary>The product of two outputs, element by element, as of a gate and what it lets through. Axes of size 1 are broadcast.</summary>
/// <param name="inputs">Names of two earlier layers; <c>input</c> is the input of the network, or of the block.</param>
public sealed class MultiplyAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;
}

/// <summary>
/// The product of the matrices that two layers give, (…, n, k) and (…, k, m), whose axes before the last two are the same. As PyTorch's
/// <c>torch.matmul</c>.
/// </summary>
/// <param name="inputs">Names of two earlier layers; <c>input</c> is the input of the network, or of the block.</param>
public sealed class MatMulAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <summary>Whether the second one is transposed, so that it is (…, m, k).</summary>
    public bool TransposeB { get; set; }

    /// <summary>
    /// Number of attention's heads h, which lie side by side in the features: (T, h·k) and (S, h·k), the second one transposed, give scores
    /// (h, T, S), and these and (S, h·d) give (T, h·d). By default there are none.
    /// </summary>
    public object? Heads { get; set; }
}

/// <summary>Outputs one after the other along an axis. As PyTorch's <c>torch.cat</c>.</summary>
/// <param name="inputs">Names of two or more earlier layers; <c>input</c> is the input of the network, or of the block.</param>
public sealed class ConcatAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    /// <summary>The axis, without the batch; by default the channels (or the rows of a sequence). Negative ones count from the end.</summary>
    public int Dim { get; set; }
}
