using LrpGen;

namespace Architectures;

/// <summary>ResNet-18 (He et al. 2016), torchvision's <c>resnet18</c>.</summary>
[Network(3, 224, 224)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU(Name = "relu")]
[MaxPool2d(3, Stride = 2, Padding = 1, Name = "maxpool")]
[Block<BasicBlock>(64, Repeat = 2, Name = "layer1")]
[Block<BasicProjectionStage>(128, Name = "layer2")]
[Block<BasicProjectionStage>(256, Name = "layer3")]
[Block<BasicProjectionStage>(512, Name = "layer4")]
[AdaptiveAvgPool2d(1, Name = "avgpool"), Flatten]
[Linear(1000, Name = "fc")]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Lows = new[] { Black.Red, Black.Green, Black.Blue }, Highs = new[] { White.Red, White.Green, White.Blue })]
public sealed partial class ResNet18;

/// <summary>Two blocks, the first of which halves height and width.</summary>
[Parameters("width")]
[Block<BasicProjectionBlock>("width")]
[Block<BasicBlock>("width")]
public readonly struct BasicProjectionStage : IBlock;

/// <summary>Two convolutions, to which the input is added.</summary>
[Parameters("width")]
[Conv2d("width", 3, Padding = 1, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU]
[Conv2d("width", 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm2d(Name = "bn2")]
[Add("bn2", "input"), ReLU]
public readonly struct BasicBlock : IBlock;

/// <summary>Two convolutions that halve height and width, to which the input's projection is added.</summary>
[Parameters("width")]
[Conv2d("width", 3, Stride = 2, Padding = 1, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU]
[Conv2d("width", 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm2d(Name = "bn2")]
[Block<Projection>("width", 2, From = "input", Name = "downsample")]
[Add("bn2", "downsample"), ReLU]
public readonly struct BasicProjectionBlock : IBlock;
