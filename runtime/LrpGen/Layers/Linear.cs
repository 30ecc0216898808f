namespace LrpGen;

/// <summary>Fully connected layer along the last axis of any shape, z_j = Σ_i a_i w_ij + b_j. As PyTorch's <c>nn.Linear</c>; the input features are inferred.</summary>
/// <param name="outFeatures">Number of outputs.</param>
public sealed class LinearAttribute(object outFeatures) : WeightedLayerAttribute
{
    /// <summary>Number of outputs.</summary>
    public object OutFeatures { get; } = outFeatures;

    /// <summary>Whether the layer has a bias; it has by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Whether files have the weight as (in, out), as those of GPT-2's <c>Conv1D</c> do, and not as (out, in).</summary>
    public bool Transposed { get; set; }
}
