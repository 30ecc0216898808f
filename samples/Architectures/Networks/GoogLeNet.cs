using LrpGen;

namespace Architectures;

/// <summary>
/// GoogLeNet (Szegedy et al. 2015) with batch norm and without the heads that help only in training, torchvision's <c>googlenet</c>.
/// </summary>
/// <remarks>
/// The weights that torchvision gives were trained on inputs between −1 and 1. In <c>googlenet(weights="DEFAULT")</c> a first step,
/// <c>transform_input</c>, makes them of ImageNet's normalisation; here the input is taken as it is.
/// </remarks>
[Network(3, 224, 224)]
[Block<NormalizedConvolution>(64, 7, 2, 3, Name = "conv1")]
[MaxPool2d(3, Stride = 2, CeilMode = true, Name = "maxpool1")]
[Block<NormalizedConvolution>(64, 1, Name = "conv2")]
[Block<NormalizedConvolution>(192, 3, 1, 1, Name = "conv3")]
[MaxPool2d(3, Stride = 2, CeilMode = true, Name = "maxpool2")]
[Block<Inception>(64, 96, 128, 16, 32, 32, Name = "inception3a")]
[Block<Inception>(128, 128, 192, 32, 96, 64, Name = "inception3b")]
[MaxPool2d(3, Stride = 2, CeilMode = true, Name = "maxpool3")]
[Block<Inception>(192, 96, 208, 16, 48, 64, Name = "inception4a")]
[Block<Inception>(160, 112, 224, 24, 64, 64, Name = "inception4b")]
[Block<Inception>(128, 128, 256, 24, 64, 64, Name = "inception4c")]
[Block<Inception>(112, 144, 288, 32, 64, 64, Name = "inception4d")]
[Block<Inception>(256, 160, 320, 32, 128, 128, Name = "inception4e")]
[MaxPool2d(2, CeilMode = true, Name = "maxpool4")]
[Block<Inception>(256, 160, 320, 32, 128, 128, Name = "inception5a")]
[Block<Inception>(384, 192, 384, 48, 128, 128, Name = "inception5b")]
[AdaptiveAvgPool2d(1, Name = "avgpool"), Flatten, Dropout(0.2, Name = "dropout")]
[Linear(1000, Name = "fc")]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -1, High = 1)]
public sealed partial class GoogLeNet;

/// <summary>Four ways to look at the input, side by side.</summary>
[Parameters("ch1x1", "ch3x3red", "ch3x3", "ch5x5red", "ch5x5", "pool")]
[Block<NormalizedConvolution>("ch1x1", 1, Name = "branch1")]
[Block<Reduced3x3>("ch3x3red", "ch3x3", From = "input", Name = "branch2")]
[Block<Reduced3x3>("ch5x5red", "ch5x5", From = "input", Name = "branch3")]
[Block<PoolProjection>("pool", From = "input", Name = "branch4")]
[Concat("branch1", "branch2", "branch3", "branch4")]
public readonly struct Inception : IBlock;

/// <summary>A 3×3 convolution of fewer channels. torchvision has it in place of the paper's 5×5 as well.</summary>
[Parameters("reduced", "width")]
[Block<NormalizedConvolution>("reduced", 1)]
[Block<NormalizedConvolution>("width", 3, 1, 1)]
public readonly struct Reduced3x3 : IBlock;

/// <summary>The largest of nine neighbours, and a 1×1 convolution.</summary>
[Parameters("width")]
[MaxPool2d(3, Stride = 1, Padding = 1, CeilMode = true)]
[Block<NormalizedConvolution>("width", 1)]
public readonly struct PoolProjection : IBlock;

/// <summary>Convolution, batch norm and ReLU.</summary>
[Parameters("width", "kernel", "stride = 1", "padding = 0")]
[Conv2d("width", "kernel", Stride = "stride", Padding = "padding", Bias = false, Name = "conv"), BatchNorm2d(Eps = 0.001, Name = "bn"), ReLU]
public readonly struct NormalizedConvolution : IBlock;
