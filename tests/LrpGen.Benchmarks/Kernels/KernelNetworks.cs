using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Kernels;

/// <summary>A convolution that keeps the shape.</summary>
[Conv2d("channels", 3, Padding = 1), ReLU]
public readonly struct Conv3x3 : IBlock;

/// <summary>A convolution of each channel by itself.</summary>
[Conv2d("channels", 3, Padding = 1, Groups = "channels"), ReLU]
public readonly struct Depthwise3x3 : IBlock;

/// <summary>Two 1×1 convolutions, to a quarter of the channels and back.</summary>
[Conv2d("channels / 4", 1), ReLU, Conv2d("channels * 4", 1), ReLU]
public readonly struct Pointwise : IBlock;

/// <summary>A linear layer with as many outputs as inputs.</summary>
[Linear("channels"), ReLU]
public readonly struct Square : IBlock;

// Layers that keep the shape, once and three times in a row: the difference is two layers, without conversions of input and output.
[Network(64, 224, 224), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv64At224;
[Network(64, 224, 224), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv64At224Thrice;
[Network(128, 112, 112), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv128At112;
[Network(128, 112, 112), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv128At112Thrice;
[Network(256, 56, 56), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv256At56;
[Network(256, 56, 56), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv256At56Thrice;
[Network(512, 28, 28), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv512At28;
[Network(512, 28, 28), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv512At28Thrice;
[Network(512, 14, 14), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv512At14;
[Network(512, 14, 14), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv512At14Thrice;
[Network(64, 56, 56), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv64At56;
[Network(64, 56, 56), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv64At56Thrice;
[Network(512, 7, 7), Block<Conv3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Conv512At7;
[Network(512, 7, 7), Block<Conv3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Conv512At7Thrice;
[Network(256, 56, 56), Block<Pointwise>, Explain<EpsilonEverywhere>] internal sealed partial class Pointwise256At56;
[Network(256, 56, 56), Block<Pointwise>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Pointwise256At56Thrice;
[Network(512, 28, 28), Block<Pointwise>, Explain<EpsilonEverywhere>] internal sealed partial class Pointwise512At28;
[Network(512, 28, 28), Block<Pointwise>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Pointwise512At28Thrice;
[Network(1024, 14, 14), Block<Pointwise>, Explain<EpsilonEverywhere>] internal sealed partial class Pointwise1024At14;
[Network(1024, 14, 14), Block<Pointwise>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Pointwise1024At14Thrice;
[Network(2048, 7, 7), Block<Pointwise>, Explain<EpsilonEverywhere>] internal sealed partial class Pointwise2048At7;
[Network(2048, 7, 7), Block<Pointwise>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Pointwise2048At7Thrice;
[Network(144, 56, 56), Block<Depthwise3x3>, Explain<EpsilonEverywhere>] internal sealed partial class Depthwise144At56;
[Network(144, 56, 56), Block<Depthwise3x3>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Depthwise144At56Thrice;
[Network(4096), Block<Square>, Explain<EpsilonEverywhere>] internal sealed partial class Linear4096;
[Network(4096), Block<Square>(Repeat = 3), Explain<EpsilonEverywhere>] internal sealed partial class Linear4096Thrice;

// Layers that change the shape.
[Network(3, 224, 224), Conv2d(64, 3, Padding = 1), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class FirstOfVgg16;
[Network(3, 224, 224), Conv2d(64, 7, Stride = 2, Padding = 3), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class FirstOfResNet;
[Network(1, 28, 28), Conv2d(16, 5, Padding = 2), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class FirstOfFashionNet;
[Network(16, 14, 14), Conv2d(32, 5, Padding = 2), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class SecondOfFashionNet;
[Network(128, 56, 56), Conv2d(128, 3, Stride = 2, Padding = 1), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class Strided128At56;
[Network(256, 56, 56), Conv2d(512, 1, Stride = 2), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class StridedPointwise256At56;
[Network(25088), Linear(4096), ReLU, Explain<EpsilonEverywhere>] internal sealed partial class Linear25088;
