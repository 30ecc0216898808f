namespace LrpGen.Rules;

/// <summary>
/// A rule: how the relevance of a layer's outputs is shared among its inputs, and to which layers that applies.
/// A rule's meaning is data on its class: <see cref="ShareAttribute"/> for linear maps (the weights of an average pool are 1/n, those of a sum 1),
/// <see cref="GateAttribute"/> for activations and products, <see cref="AppliesToAttribute"/> for its usual layers. A rule of your own is a class
/// like those here.
/// </summary>
/// <remarks>
/// Constructor parameters called <c>epsilon</c>, <c>gamma</c>, <c>alpha</c>, <c>beta</c>, <c>low</c> and <c>high</c> are
/// the parameters of the formulas; <c>epsilon</c> is the stabiliser.
/// </remarks>
[AttributeUsage(AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class RuleAttribute : Attribute
{
    /// <summary>
    /// The kinds of layers that the rule applies to; by default those of its <see cref="AppliesToAttribute"/>, else linear layers and
    /// convolutions. A rule for several kinds leaves those of which its formula says nothing to other rules.
    /// </summary>
    public LayerKinds On { get; set; }

    /// <summary>Whether the rule applies only to the first linear or convolutional layer of the declaration.</summary>
    public bool First { get; set; }

    /// <summary>Name of the only layer that the rule applies to; within blocks the full name, such as <c>layer1.0.conv1</c>.</summary>
    public string? Layer { get; set; }

    /// <summary>A condition on the network's input.</summary>
    public Condition When { get; set; }

    /// <summary>ε of the denominator, s(z) = z + ε·sign(z), sign(0) = 1.</summary>
    public double Stabilizer { get; set; } = 1e-6;

    /// <summary>Whether the bias counts as 0 in the rule's own denominator.</summary>
    public bool ZeroBias { get; set; }
}

/// <summary>What must be known for a rule to apply.</summary>
public enum Condition
{
    /// <summary>Nothing: the rule applies.</summary>
    Always,

    /// <summary>The explanation gives the bounds of the network's input (Low and High, or Lows and Highs).</summary>
    BoundsGiven,

    /// <summary>The layer's input is known to be at least 0: such as after a ReLU, or since the explanation's Low, or all of its Lows, are.</summary>
    NonNegativeInput,
}
