namespace LrpGen.Benchmarks.Networks;

/// <summary>MLP 784-512-256-10.</summary>
[Network(784)]
[Block<Mlp784Layers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class Mlp784;

/// <summary><see cref="Mlp784"/> that declares one explanation: what that costs in memory.</summary>
[Network(784)]
[Block<Mlp784Layers>]
[Explain<EpsilonEverywhere>]
internal sealed partial class Mlp784Epsilon;

/// <summary>The layers.</summary>
[Linear(512), ReLU, Linear(256), ReLU]
[Linear(10)]
public readonly struct Mlp784Layers : IBlock;
