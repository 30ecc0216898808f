namespace LrpGen.Rules;

/// <summary>The chain rule: R_i = Σ_j w_ij R_j, and f′(z) R_j at activations.</summary>
[Share("w", Normalized = false)]
[Gate(Gate.Derivative)]
public sealed class DerivativeAttribute : RuleAttribute
{
    /// <summary>The rule for every layer.</summary>
    public DerivativeAttribute() => On = LayerKinds.All;
}

/// <summary>Guided backpropagation at a ReLU: R_i = R_j⁺ where z &gt; 0, else 0. Springenberg et al. 2015.</summary>
[Gate(Gate.Guided)]
public sealed class GuidedAttribute : RuleAttribute
{
    /// <summary>The rule for every ReLU.</summary>
    public GuidedAttribute() => On = LayerKinds.ReLU;
}

/// <summary>A deconvolutional network's ReLU: R_i = R_j⁺. Zeiler and Fergus 2014.</summary>
[Gate(Gate.Rectified)]
public sealed class RectifiedAttribute : RuleAttribute
{
    /// <summary>The rule for every ReLU.</summary>
    public RectifiedAttribute() => On = LayerKinds.ReLU;
}
