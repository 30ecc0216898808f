namespace LrpGen;

/// <summary>
/// Rows (T, h · d) whose features turn with their positions, feature k of the first half of each head with feature k of the second half by
/// t · base^(−2k / d), as Llama arranges them (Su et al. 2021).
/// </summary>
/// <param name="heads">Number of heads, h, which lie side by side.</param>
public sealed class RotaryEmbeddingAttribute(object heads) : LayerAttribute
{
    /// <summary>Number of heads.</summary>
    public object Heads { get; } = heads;

    /// <summary>What the slowest turns go with.</summary>
    public double Base { get; set; } = 10000;
}
