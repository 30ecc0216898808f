namespace LrpGen.Benchmarks.Networks;

/// <summary>MLP 4-16-16-3.</summary>
[Network(4)]
[Block<Mlp4Layers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class Mlp4;

/// <summary><see cref="Mlp4"/> that declares one explanation: what that costs in memory.</summary>
[Network(4)]
[Block<Mlp4Layers>]
[Explain<EpsilonEverywhere>]
internal sealed partial class Mlp4Epsilon;

/// <summary>The layers.</summary>
[Linear(16), ReLU, Linear(16), ReLU]
[Linear(3)]
public readonly struct Mlp4Layers : IBlock;
