using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A rule and the layers that it is for, as a rule attribute says it.</summary>
/// <param name="Name">Name of the rule, such as <c>AlphaBeta</c>.</param>
/// <param name="Parameters">Its parameters in order: ε; γ; α, β; low, high.</param>
internal sealed record RuleSpec(string Name, params IReadOnlyList<double> Parameters)
{
    public LayerKinds On { get; init; } = Name switch
    {
        "Derivative" => LayerKinds.All,
        "Guided" or "Rectified" => LayerKinds.ReLU,
        "Pass" or "FromZero" => LayerKinds.Activation,
        "Gated" or "Halves" => LayerKinds.Multiply | LayerKinds.MatMul | LayerKinds.Attention,
        "Norm" => LayerKinds.AveragePool | LayerKinds.Add | LayerKinds.Upsample,
        _ => LayerKinds.Linear | LayerKinds.Convolution,
    };

    public bool First { get; init; }

    public string? Layer { get; init; }

    public double Stabilizer { get; init; } = Name == "Epsilon" && Parameters.Count > 0 ? Parameters[0] : 1e-6;

    public bool ZeroBias { get; init; }

    /// <summary>Whether the rule is for this layer. One for linear layers is for projections as well.</summary>
    public bool Matches(string layer, LayerKinds kind, bool first) =>
        ((On & kind) != 0 || (kind == LayerKinds.Projection && (On & LayerKinds.Linear) != 0))
        && (!First || first)
        && (Layer is null || Layer == layer);
}

/// <summary>An explanation: rules of which the first that matches a layer wins, and where relevance starts.</summary>
/// <param name="Name">Name of the explanation; a C# identifier.</param>
internal sealed record ExplanationSpec(string Name, params IReadOnlyList<RuleSpec> Rules)
{
    public Seed Seed { get; init; } = Seed.Logit;

    public bool TimesInput { get; init; }

    /// <summary>Null for one pass at the input.</summary>
    public ProcedureSpec? Procedure { get; init; }

    /// <summary>Name of the layer whose channels calls choose; null if they choose none.</summary>
    public string? Mask { get; init; }

    /// <summary>The axis along which calls choose positions; null for channels, which of attention are heads.</summary>
    public int? MaskAxis { get; init; }

    /// <summary>The channels that calls choose.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>Bounds of the network's input, per channel or one for all; empty for the bounds of the rule.</summary>
    public IReadOnlyList<double> Lows { get; init; } = [];

    /// <inheritdoc cref="Lows"/>
    public IReadOnlyList<double> Highs { get; init; } = [];

    /// <summary>Name of the preset that a declaration uses instead of these rules.</summary>
    public string? Preset { get; init; }
}
