using LrpGen;

namespace Architectures;

/// <summary>ConvNeXt-T (Liu et al. 2022), torchvision's <c>convnext_tiny</c>.</summary>
[Network(3, 224, 224)]
[Block<ConvNextFeatures>(96, Name = "features")]
[AdaptiveAvgPool2d(1, Name = "avgpool"), Flatten]
[LayerNorm(Eps = 1e-6, Name = "classifier.0"), Linear(1000, Name = "classifier.2")]
[Explain<CPLRP>]
[Explain<GammaCPLRP>]
public sealed partial class ConvNextTiny;

/// <summary>Four stages; each but the first begins with half the height and width, and twice the channels.</summary>
[Parameters("width")]
[Block<ConvNextStem>("width", Name = "0"), Block<ConvNextBlock>("width", Repeat = 3, Name = "1")]
[Block<ConvNextReduction>("2 * width", Name = "2"), Block<ConvNextBlock>("2 * width", Repeat = 3, Name = "3")]
[Block<ConvNextReduction>("4 * width", Name = "4"), Block<ConvNextBlock>("4 * width", Repeat = 9, Name = "5")]
[Block<ConvNextReduction>("8 * width", Name = "6"), Block<ConvNextBlock>("8 * width", Repeat = 3, Name = "7")]
public readonly struct ConvNextFeatures : IBlock;

/// <summary>Patches of 4×4 pixels.</summary>
[Parameters("width")]
[Conv2d("width", 4, Stride = 4, Name = "0")]
[Permute(1, 2, 0, Name = "rows"), LayerNorm(Eps = 1e-6, Name = "1"), Permute(2, 0, 1, Name = "image")]
public readonly struct ConvNextStem : IBlock;

/// <summary>Half the height and width.</summary>
[Parameters("width")]
[Permute(1, 2, 0, Name = "rows"), LayerNorm(Eps = 1e-6, Name = "0"), Permute(2, 0, 1, Name = "image")]
[Conv2d("width", 2, Stride = 2, Name = "1")]
public readonly struct ConvNextReduction : IBlock;

/// <summary>To the input a branch is added, each channel of which has a scale.</summary>
[Parameters("width")]
[Block<ConvNextBranch>("width", Name = "block"), LayerScale(Name = "layer_scale"), Add("input", "layer_scale")]
public readonly struct ConvNextBlock : IBlock;

/// <summary>A convolution of each channel by itself, and two linear layers at every pixel.</summary>
[Parameters("width")]
[Conv2d("width", 7, Padding = 3, Groups = "width"), Permute(1, 2, 0)]
[LayerNorm(Eps = 1e-6), Linear("4 * width"), GELU, Linear("width"), Permute(2, 0, 1)]
public readonly struct ConvNextBranch : IBlock;
