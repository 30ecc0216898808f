namespace LrpGen.Generator.Model;

/// <summary>A tensor of a layer.</summary>
/// <param name="Name">After the layer's name and a dot: <c>weight</c>; empty if it is called like the layer.</param>
/// <param name="Shape">In PyTorch's order.</param>
/// <param name="IsTrained">Whether it counts as parameters; statistics do not.</param>
/// <param name="Broadcasts">Whether a file may have a single number for all instead, or other leading axes of size 1.</param>
internal sealed record WeightTensor(string Name, EquatableArray<int> Shape, bool IsTrained = true, bool Broadcasts = false)
{
    public long Size => Shape.Aggregate(1L, (size, dimension) => size * dimension);

    /// <summary>Whether it is added, and does not multiply.</summary>
    public bool IsBias { get; init; } = Name == "bias";

    /// <summary>The name in the file, if it is the layer's own.</summary>
    public string Of(string layer) => Name.Length == 0 ? layer : $"{layer}.{Name}";
}
