namespace LrpGen.Generator.Planning;

/// <summary>The right factor of a product.</summary>
internal abstract record Factor;

/// <summary>Weights, which no call changes.</summary>
internal sealed record Stored(WeightSet Weights) : Factor;

/// <summary>A tensor of the call, such as another layer's output.</summary>
internal sealed record Live(Tensor Tensor) : Factor;
