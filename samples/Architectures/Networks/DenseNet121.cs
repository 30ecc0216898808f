using LrpGen;

namespace Architectures;

/// <summary>DenseNet-121 (Huang et al. 2017), torchvision's <c>densenet121</c>.</summary>
[Network(3, 224, 224)]
[Block<DenseNet121Features>(Name = "features")]
[ReLU, AdaptiveAvgPool2d(1), Flatten]
[Linear(1000, Name = "classifier")]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Lows = new[] { Black.Red, Black.Green, Black.Blue }, Highs = new[] { White.Red, White.Green, White.Blue })]
public sealed partial class DenseNet121;

/// <summary>Four dense blocks.</summary>
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv0"), BatchNorm2d(Name = "norm0"), ReLU(Name = "relu0")]
[MaxPool2d(3, Stride = 2, Padding = 1, Name = "pool0")]
[Block<DenseBlock>(6, Name = "denseblock1"), Block<Transition>(Name = "transition1")]
[Block<DenseBlock>(12, Name = "denseblock2"), Block<Transition>(Name = "transition2")]
[Block<DenseBlock>(24, Name = "denseblock3"), Block<Transition>(Name = "transition3")]
[Block<DenseBlock>(16, Name = "denseblock4")]
[BatchNorm2d(Name = "norm5")]
public readonly struct DenseNet121Features : IBlock;

/// <summary>Layers that each read the outputs of all before them.</summary>
[Parameters("layers")]
[Block<DenseLayer>(Repeat = "layers", Name = "denselayer{1}")]
public readonly struct DenseBlock : IBlock;

/// <summary>Adds 32 channels to its input's.</summary>
[BatchNorm2d(Name = "norm1"), ReLU(Name = "relu1"), Conv2d(128, 1, Bias = false, Name = "conv1")]
[BatchNorm2d(Name = "norm2"), ReLU(Name = "relu2"), Conv2d(32, 3, Padding = 1, Bias = false, Name = "conv2")]
[Concat("input", "conv2")]
public readonly struct DenseLayer : IBlock;

/// <summary>Half the channels, half the height and half the width.</summary>
[BatchNorm2d(Name = "norm"), ReLU(Name = "relu"), Conv2d("channels / 2", 1, Bias = false, Name = "conv")]
[AvgPool2d(2, Name = "pool")]
public readonly struct Transition : IBlock;
