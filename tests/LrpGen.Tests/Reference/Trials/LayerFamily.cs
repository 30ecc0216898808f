namespace LrpGen.Tests.Reference;

/// <summary>Where a kind of layer is found in the documentation, in its order.</summary>
internal enum LayerFamily
{
    WithWeights,
    Normalisations,
    Pools,
    Activations,
    Branches,
    Shapes,
    Images,
    WithoutEffect,
}
