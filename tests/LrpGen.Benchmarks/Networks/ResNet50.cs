using Architectures;

namespace LrpGen.Benchmarks.Networks;

/// <summary>ResNet-50.</summary>
[Network(3, 224, 224)]
[Block<ResNet50Layers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class ResNet50;

/// <summary><see cref="ResNet50"/> that declares one explanation: what that costs in memory.</summary>
[Network(3, 224, 224)]
[Block<ResNet50Layers>]
[Explain<EpsilonEverywhere>]
internal sealed partial class ResNet50Epsilon;

/// <summary>The layers.</summary>
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU(Name = "relu")]
[MaxPool2d(3, Stride = 2, Padding = 1, Name = "maxpool")]
[Block<BottleneckStage>(64, 3, Name = "layer1")]
[Block<BottleneckStage>(128, 4, 2, Name = "layer2")]
[Block<BottleneckStage>(256, 6, 2, Name = "layer3")]
[Block<BottleneckStage>(512, 3, 2, Name = "layer4")]
[AdaptiveAvgPool2d(1, Name = "avgpool"), Flatten]
[Linear(1000, Name = "fc")]
public readonly struct ResNet50Layers : IBlock;
