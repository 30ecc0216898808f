using LrpGen.Rules;

namespace LrpGen;

/// <summary>The gradient of the target's output.</summary>
[Derivative]
[Start(Seed.One)]
public readonly struct Gradient : IComposite;

/// <summary>The gradient of the target's output times the input.</summary>
[Derivative]
[Start(Seed.One)]
[TimesInput]
public readonly struct InputTimesGradient : IComposite;

/// <summary>The gradient, but a ReLU lets only positive values pass back. Springenberg et al. 2015.</summary>
[Guided]
[Derivative]
[Start(Seed.One)]
public readonly struct GuidedBackprop : IComposite;

/// <summary>The gradient, but a ReLU rectifies what goes back instead of what went forward. Zeiler and Fergus 2014.</summary>
[Rectified]
[Derivative]
[Start(Seed.One)]
public readonly struct DeconvNet : IComposite;
