namespace LrpGen.Rules;

/// <summary>How relevance goes back through an activation, or through a product of two outputs.</summary>
public enum Gate
{
    /// <summary>R_i = R_j; of a product, to the factor that is no gate, and half to either if both are gates or none is.</summary>
    Pass,

    /// <summary>R_i = f′(z) R_j, f the activation.</summary>
    Derivative,

    /// <summary>R_i = f′(z) R_j⁺.</summary>
    Guided,

    /// <summary>R_i = R_j⁺.</summary>
    Rectified,

    /// <summary>R_i = R_j / 2 for either factor of a product.</summary>
    Half,

    /// <summary>R_i = R_j (f(z) − f(0)) / s_ε(f(z)), f the activation: what it gives for 0 is no input's merit.</summary>
    FromZero,

    /// <summary>R_i = z_i (R_i − f_i(z) Σ_k R_k) at a softmax f; R_i = R_j at other activations.</summary>
    Taylor,
}

/// <summary>What a rule does at activations and products.</summary>
/// <param name="gate">How relevance goes back.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GateAttribute(Gate gate) : Attribute
{
    /// <summary>How relevance goes back.</summary>
    public Gate Gate { get; } = gate;
}
