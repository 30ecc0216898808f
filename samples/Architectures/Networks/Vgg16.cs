using LrpGen;

namespace Architectures;

/// <summary>VGG-16 (Simonyan and Zisserman 2015, configuration D), torchvision's <c>vgg16</c>.</summary>
[Network(3, 224, 224)]
[Block<Vgg16Features>(Name = "features")]
[AdaptiveAvgPool2d(7, Name = "avgpool")]
[Flatten]
[Block<Vgg16Classifier>(Name = "classifier")]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Lows = new[] { Black.Red, Black.Green, Black.Blue }, Highs = new[] { White.Red, White.Green, White.Blue })]
public sealed partial class Vgg16;

/// <summary>Thirteen convolutions.</summary>
[Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, MaxPool2d(2)]
public readonly struct Vgg16Features : IBlock;

/// <summary>Three linear layers.</summary>
[Linear(4096), ReLU, Dropout]
[Linear(4096), ReLU, Dropout]
[Linear(1000)]
public readonly struct Vgg16Classifier : IBlock;
