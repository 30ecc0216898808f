using Architectures;

namespace LrpGen.Benchmarks.Networks;

/// <summary>ResNet-18.</summary>
[Network(3, 224, 224)]
[Block<ResNet18Layers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class ResNet18;

/// <summary><see cref="ResNet18"/> that declares one explanation: what that costs in memory.</summary>
[Network(3, 224, 224)]
[Block<ResNet18Layers>]
[Explain<EpsilonEverywhere>]
internal sealed partial class ResNet18Epsilon;

/// <summary>The layers.</summary>
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU(Name = "relu")]
[MaxPool2d(3, Stride = 2, Padding = 1, Name = "maxpool")]
[Block<BasicBlock>(64, Repeat = 2, Name = "layer1")]
[Block<BasicProjectionStage>(128, Name = "layer2")]
[Block<BasicProjectionStage>(256, Name = "layer3")]
[Block<BasicProjectionStage>(512, Name = "layer4")]
[AdaptiveAvgPool2d(1, Name = "avgpool"), Flatten]
[Linear(1000, Name = "fc")]
public readonly struct ResNet18Layers : IBlock;
