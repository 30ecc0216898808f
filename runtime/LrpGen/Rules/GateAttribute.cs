namespace LrpGen.Rules;

/// <summary>How relevance goes back through an activation.</summary>
public enum Gate
{
    /// <summary>R_i = R_j.</summary>
    Pass,

    /// <summary>R_i = f′(z) R_j, f the activation.</summary>
    Derivative,

    /// <summary>R_i = f′(z) R_j⁺.</summary>
    Guided,

    /// <summary>R_i = R_j⁺.</summary>
    Rectified,
}

/// <summary>What a rule does at activations.</summary>
/// <param name="gate">How relevance goes back.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GateAttribute(Gate gate) : Attribute
{
    /// <summary>How relevance goes back.</summary>
    public Gate Gate { get; } = gate;
}
