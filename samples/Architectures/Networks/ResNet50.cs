using LrpGen;

namespace Architectures;

/// <summary>ResNet-50 (He et al. 2016) with its strides at the 3×3 convolutions, torchvision's <c>resnet50</c>.</summary>
[Network(3, 224, 224)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU(Name = "relu")]
[MaxPool2d(3, Stride = 2, Padding = 1, Name = "maxpool")]
[Block<BottleneckStage>(64, 3, Name = "layer1")]
[Block<BottleneckStage>(128, 4, 2, Name = "layer2")]
[Block<BottleneckStage>(256, 6, 2, Name = "layer3")]
[Block<BottleneckStage>(512, 3, 2, Name = "layer4")]
[AdaptiveAvgPool2d(1, Name = "avgpool"), Flatten]
[Linear(1000, Name = "fc")]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Lows = new[] { Black.Red, Black.Green, Black.Blue }, Highs = new[] { White.Red, White.Green, White.Blue })]
public sealed partial class ResNet50;

/// <summary>Bottlenecks of one width; the first may change the size.</summary>
[Parameters("width", "blocks", "stride = 1")]
[Block<ProjectionBottleneck>("width", "stride")]
[Block<Bottleneck>("width", Repeat = "blocks - 1")]
public readonly struct BottleneckStage : IBlock;

/// <summary>A 3×3 convolution between two 1×1 convolutions, to which the input is added.</summary>
[Parameters("width")]
[Conv2d("width", 1, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU]
[Conv2d("width", 3, Padding = 1, Bias = false, Name = "conv2"), BatchNorm2d(Name = "bn2"), ReLU]
[Conv2d("4 * width", 1, Bias = false, Name = "conv3"), BatchNorm2d(Name = "bn3")]
[Add("bn3", "input"), ReLU]
public readonly struct Bottleneck : IBlock;

/// <summary>A 3×3 convolution between two 1×1 convolutions, to which the input's projection is added.</summary>
[Parameters("width", "stride")]
[Conv2d("width", 1, Bias = false, Name = "conv1"), BatchNorm2d(Name = "bn1"), ReLU]
[Conv2d("width", 3, Stride = "stride", Padding = 1, Bias = false, Name = "conv2"), BatchNorm2d(Name = "bn2"), ReLU]
[Conv2d("4 * width", 1, Bias = false, Name = "conv3"), BatchNorm2d(Name = "bn3")]
[Block<Projection>("4 * width", "stride", From = "input", Name = "downsample")]
[Add("bn3", "downsample"), ReLU]
public readonly struct ProjectionBottleneck : IBlock;

/// <summary>Fits a block's input to its output.</summary>
[Parameters("width", "stride")]
[Conv2d("width", 1, Stride = "stride", Bias = false), BatchNorm2d]
public readonly struct Projection : IBlock;
