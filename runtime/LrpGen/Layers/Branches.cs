namespace LrpGen;

/// <summary>The sum of outputs of one shape, element by element, as of a residual connection.</summary>
/// <param name="inputs">Names of two or more earlier layers; <c>input</c> is the input of the network, or of the block.</param>
public sealed class AddAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;
}

/// <summary>Outputs side by side along the channels (or features). As PyTorch's <c>torch.cat(…, dim=1)</c>.</summary>
/// <param name="inputs">Names of two or more earlier layers; <c>input</c> is the input of the network, or of the block.</param>
public sealed class ConcatAttribute(params string[] inputs) : LayerAttribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;
}
