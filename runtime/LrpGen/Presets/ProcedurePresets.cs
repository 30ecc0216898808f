using LrpGen.Rules;

namespace LrpGen;

/// <summary>
/// The mean gradient on the line from a baseline, 0 or one that the call gives, to the input, times their difference. Its sum is
/// f(x) − f(baseline), up to the error of the quadrature, which <see cref="Explanation.Completeness"/> shows. Sundararajan et al. 2017.
/// </summary>
[Derivative]
[Start(Seed.One)]
[AlongPath(steps: 32)]
public readonly struct IntegratedGradients : IComposite;

/// <summary>The mean gradient over noisy copies of the input. Smilkov et al. 2017.</summary>
[Derivative]
[Start(Seed.One)]
[WithNoise(samples: 16, noise: 0.1)]
public readonly struct SmoothGrad : IComposite;

/// <summary>By how much the output falls when a window of the input is replaced by 0. Zeiler and Fergus 2014.</summary>
[Occlude(window: 8, stride: 4)]
public readonly struct Occlusion : IComposite;

/// <summary>
/// The gradient at a root of f, times the input less the root. The root is searched along −∇f, between bounds if the explanation has them,
/// or given in the call. Bach et al. 2015.
/// </summary>
[Derivative]
[Start(Seed.One)]
[AtRoot]
public readonly struct TaylorDecomposition : IComposite;
