using LrpGen;

namespace Architectures;

/// <summary>SqueezeNet 1.1 (Iandola et al. 2016), torchvision's <c>squeezenet1_1</c>.</summary>
[Network(3, 224, 224)]
[Block<SqueezeNetFeatures>(Name = "features")]
[Block<SqueezeNetClassifier>(Name = "classifier")]
[Flatten]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Lows = new[] { Black.Red, Black.Green, Black.Blue }, Highs = new[] { White.Red, White.Green, White.Blue })]
public sealed partial class SqueezeNet;

/// <summary>Eight fire modules behind a convolution.</summary>
[Conv2d(64, 3, Stride = 2), ReLU, MaxPool2d(3, Stride = 2, CeilMode = true)]
[Block<Fire>(16, 64, Repeat = 2), MaxPool2d(3, Stride = 2, CeilMode = true)]
[Block<Fire>(32, 128, Repeat = 2), MaxPool2d(3, Stride = 2, CeilMode = true)]
[Block<Fire>(48, 192, Repeat = 2), Block<Fire>(64, 256, Repeat = 2)]
public readonly struct SqueezeNetFeatures : IBlock;

/// <summary>Few channels, which a 1×1 and a 3×3 convolution expand side by side.</summary>
[Parameters("squeezed", "expanded")]
[Conv2d("squeezed", 1, Name = "squeeze"), ReLU(Name = "squeeze_activation")]
[Conv2d("expanded", 1, Name = "expand1x1"), ReLU(Name = "expand1x1_activation")]
[Conv2d("expanded", 3, Padding = 1, From = "squeeze_activation", Name = "expand3x3"), ReLU(Name = "expand3x3_activation")]
[Concat("expand1x1_activation", "expand3x3_activation")]
public readonly struct Fire : IBlock;

/// <summary>A map of every class, and its mean.</summary>
[Dropout, Conv2d(1000, 1), ReLU, AdaptiveAvgPool2d(1)]
public readonly struct SqueezeNetClassifier : IBlock;
