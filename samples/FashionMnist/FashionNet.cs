using LrpGen;

namespace FashionMnist;

/// <summary>A small convolutional network for 28×28 grey images between −1 (black) and 1 (white), and eight ways to explain it.</summary>
[Network(1, 28, 28)]
[Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Conv2d(32, 5, Padding = 2), ReLU, MaxPool2d(2)]
[Flatten]
[Linear(128), ReLU]
[Linear(10)]
[Explain<EpsilonPlusFlat>]
[Explain<EpsilonGammaBox>(Low = -1, High = 1)]
[Explain<EpsilonPlus>]
[Explain<EpsilonAlpha2Beta1Flat>]
[Explain<DeepTaylor>(Low = -1, High = 1)]
[Explain<ExcitationBackprop>]
[Explain<InputTimesGradient>]
[Explain<GuidedBackprop>]
public sealed partial class FashionNet;
