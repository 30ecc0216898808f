using LrpGen.Rules;

namespace LrpGen;

/// <summary>z⁺ for convolutions, ε for linear layers.</summary>
[ZPlus(On = LayerKinds.Convolution)]
[Epsilon(1e-6, On = LayerKinds.Linear)]
public readonly struct EpsilonPlus : IComposite;

/// <summary><see cref="EpsilonPlus"/> with the flat rule at the first layer.</summary>
[Flat(First = true)]
[ZPlus(On = LayerKinds.Convolution)]
[Epsilon(1e-6, On = LayerKinds.Linear)]
public readonly struct EpsilonPlusFlat : IComposite;

/// <summary>zB at a first convolution (with Low and High, or Lows and Highs), γ = 0.25 for convolutions, ε for linear layers.</summary>
[ZBox(First = true, On = LayerKinds.Convolution)]
[Gamma(0.25, On = LayerKinds.Convolution)]
[Epsilon(1e-6, On = LayerKinds.Linear)]
public readonly struct EpsilonGammaBox : IComposite;

/// <summary>α = 2, β = 1 for convolutions, ε for linear layers.</summary>
[AlphaBeta(2, 1, On = LayerKinds.Convolution)]
[Epsilon(1e-6, On = LayerKinds.Linear)]
public readonly struct EpsilonAlpha2Beta1 : IComposite;

/// <summary><see cref="EpsilonAlpha2Beta1"/> with the flat rule at the first layer.</summary>
[Flat(First = true)]
[AlphaBeta(2, 1, On = LayerKinds.Convolution)]
[Epsilon(1e-6, On = LayerKinds.Linear)]
public readonly struct EpsilonAlpha2Beta1Flat : IComposite;

/// <summary>
/// Deep Taylor decomposition: zB at the first layer if the explanation gives bounds, else z⁺ if its input is known to be at least 0 (it
/// comes from a ReLU, or the explanation gives a Low of at least 0), else w²; z⁺ everywhere else. Montavon et al. 2017.
/// </summary>
/// <remarks>
/// The derivation is for ReLU networks with biases of at most 0: then relevance is never negative, and z⁺ and zB keep its sum. A positive
/// bias absorbs its part in a z⁺ denominator, and any bias its square under w², which in the derivation has none: <c>ZeroBias</c>.
/// </remarks>
[ZBox(First = true, When = Condition.BoundsGiven)]
[ZPlus(First = true, When = Condition.NonNegativeInput)]
[WSquare(First = true)]
[ZPlus]
public readonly struct DeepTaylor : IComposite;

/// <summary>
/// ε for all maps with weights; factors that are gates, and the statistics of normalisations, are constants. Ali et al. 2022.
/// </summary>
[Epsilon(1e-6)]
[Gated]
public readonly struct CPLRP : IComposite;

/// <summary><see cref="CPLRP"/>, but products are shared by halves, and a softmax by its Taylor expansion. Achtibat et al. 2024.</summary>
[Epsilon(1e-6)]
[Halves]
[Taylor]
public readonly struct AttnLRP : IComposite;

/// <summary><see cref="CPLRP"/> with γ = 0.25 for convolutions and γ = 0.05 for linear layers, but for projections of attention.</summary>
[Epsilon(1e-6, On = LayerKinds.Projection)]
[Gamma(0.25, On = LayerKinds.Convolution)]
[Gamma(0.05, On = LayerKinds.Linear)]
[Gated]
public readonly struct GammaCPLRP : IComposite;

/// <summary>Excitation backpropagation: z⁺ everywhere, activations by their gradient. Zhang et al. 2016.</summary>
[ZPlus]
[Derivative(On = LayerKinds.Activation)]
public readonly struct ExcitationBackprop : IComposite;
