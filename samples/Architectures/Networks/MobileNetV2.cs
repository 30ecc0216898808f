using LrpGen;

namespace Architectures;

/// <summary>MobileNetV2 (Sandler et al. 2018), torchvision's <c>mobilenet_v2</c>.</summary>
[Network(3, 224, 224)]
[Block<MobileNetV2Features>(Name = "features")]
[AdaptiveAvgPool2d(1), Flatten]
[Block<MobileNetV2Classifier>(Name = "classifier")]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Lows = new[] { Black.Red, Black.Green, Black.Blue }, Highs = new[] { White.Red, White.Green, White.Blue })]
public sealed partial class MobileNetV2;

/// <summary>Seventeen bottlenecks between two convolutions.</summary>
[Block<MobileNetV2Stem>]
[Block<SeparableConvolution>(16)]
[Block<ResizingBottleneck>(24, 2), Block<InvertedResidual>]
[Block<ResizingBottleneck>(32, 2), Block<InvertedResidual>(Repeat = 2)]
[Block<ResizingBottleneck>(64, 2), Block<InvertedResidual>(Repeat = 3)]
[Block<ResizingBottleneck>(96), Block<InvertedResidual>(Repeat = 2)]
[Block<ResizingBottleneck>(160, 2), Block<InvertedResidual>(Repeat = 2)]
[Block<ResizingBottleneck>(320)]
[Block<Pointwise>(1280)]
public readonly struct MobileNetV2Features : IBlock;

/// <summary>The first convolution.</summary>
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU6]
public readonly struct MobileNetV2Stem : IBlock;

/// <summary>The first bottleneck, which does not widen its input.</summary>
[Parameters("width")]
[Block<DepthwiseLinear>("width", Name = "conv")]
public readonly struct SeparableConvolution : IBlock;

/// <summary>A bottleneck that keeps the shape, to which its input is added.</summary>
[Block<LinearBottleneck>("channels", Name = "conv")]
[Add("conv", "input")]
public readonly struct InvertedResidual : IBlock;

/// <summary>A bottleneck that changes the shape.</summary>
[Parameters("width", "stride = 1")]
[Block<LinearBottleneck>("width", "stride", Name = "conv")]
public readonly struct ResizingBottleneck : IBlock;

/// <summary>Six times as many channels, each filtered by itself, and the bottleneck without an activation.</summary>
[Parameters("width", "stride = 1")]
[Block<Pointwise>("6 * channels"), Block<Depthwise>("stride")]
[Conv2d("width", 1, Bias = false), BatchNorm2d]
public readonly struct LinearBottleneck : IBlock;

/// <summary>Channels filtered each by itself, then mixed without an activation.</summary>
[Parameters("width")]
[Block<Depthwise>]
[Conv2d("width", 1, Bias = false), BatchNorm2d]
public readonly struct DepthwiseLinear : IBlock;

/// <summary>A convolution that mixes the channels of each pixel.</summary>
[Parameters("width")]
[Conv2d("width", 1, Bias = false), BatchNorm2d, ReLU6]
public readonly struct Pointwise : IBlock;

/// <summary>A convolution of each channel by itself.</summary>
[Parameters("stride = 1")]
[Conv2d("channels", 3, Stride = "stride", Padding = 1, Groups = "channels", Bias = false), BatchNorm2d, ReLU6]
public readonly struct Depthwise : IBlock;

/// <summary>The linear layer.</summary>
[Dropout(0.2), Linear(1000)]
public readonly struct MobileNetV2Classifier : IBlock;
