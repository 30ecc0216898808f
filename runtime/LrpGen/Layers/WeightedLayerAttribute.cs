namespace LrpGen;

/// <summary>A layer with weights.</summary>
public abstract class WeightedLayerAttribute : LayerAttribute
{
    /// <summary>
    /// Name of an earlier layer whose tensors this one reads in place of its own, as layers with tied weights do: its name in the same list, or the
    /// full name. A layer without a bias may take the weights of one that has it.
    /// </summary>
    public string? Weights { get; set; }
}
