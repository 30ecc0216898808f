namespace LrpGen.Benchmarks.Networks;

/// <summary>A convolutional network for grey images of 28×28 pixels.</summary>
[Network(1, 28, 28)]
[Block<FashionNetLayers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class FashionNet;

/// <summary><see cref="FashionNet"/> that declares one explanation: what that costs in memory.</summary>
[Network(1, 28, 28)]
[Block<FashionNetLayers>]
[Explain<EpsilonEverywhere>]
internal sealed partial class FashionNetEpsilon;

/// <summary>The layers.</summary>
[Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Flatten]
[Linear(128), ReLU]
[Linear(10)]
public readonly struct FashionNetLayers : IBlock;
