using Architectures;

namespace LrpGen.Benchmarks.Networks;

/// <summary>VGG-16.</summary>
[Network(3, 224, 224)]
[Block<Vgg16Layers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class Vgg16;

/// <summary><see cref="Vgg16"/> that declares one explanation: what that costs in memory.</summary>
[Network(3, 224, 224)]
[Block<Vgg16Layers>]
[Explain<EpsilonEverywhere>]
internal sealed partial class Vgg16Epsilon;

/// <summary><see cref="Vgg16"/> without Winograd's tiles: what they cost in accuracy.</summary>
[Network(3, 224, 224, Convolution = ConvolutionMethod.Direct)]
[Block<Vgg16Layers>]
[Explain<EpsilonEverywhere>]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -3, High = 3)]
internal sealed partial class Vgg16Direct;

/// <summary>The layers.</summary>
[Block<Vgg16Features>(Name = "features")]
[AdaptiveAvgPool2d(7, Name = "avgpool")]
[Flatten]
[Block<Vgg16Classifier>(Name = "classifier")]
public readonly struct Vgg16Layers : IBlock;
