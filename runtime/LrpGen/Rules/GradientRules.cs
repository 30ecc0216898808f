namespace LrpGen.Rules;

/// <summary>The chain rule: R_i = Σ_j w_ij R_j, and f′(z) R_j at activations.</summary>
[Share("w", Normalized = false)]
[Gate(Gate.Derivative)]
[AppliesTo(LayerKinds.All)]
public sealed class DerivativeAttribute : RuleAttribute;

/// <summary>Guided backpropagation at a ReLU: R_i = R_j⁺ where z &gt; 0, else 0. Springenberg et al. 2015.</summary>
[Gate(Gate.Guided)]
[AppliesTo(LayerKinds.ReLU)]
public sealed class GuidedAttribute : RuleAttribute;

/// <summary>A deconvolutional network's ReLU: R_i = R_j⁺. Zeiler and Fergus 2014.</summary>
[Gate(Gate.Rectified)]
[AppliesTo(LayerKinds.ReLU)]
public sealed class RectifiedAttribute : RuleAttribute;
