namespace LrpGen.Generator.Rules;

/// <summary>The runtime's enum of that name: the layers that a rule applies to.</summary>
[Flags]
internal enum LayerKinds
{
    None = 0,
    Linear = 1,
    Convolution = 2,
    BatchNorm = 4,
    AveragePool = 8,
    ReLU = 16,
    OtherActivation = 32,
    Add = 64,
    Activation = ReLU | OtherActivation,
    All = Linear | Convolution | BatchNorm | AveragePool | Activation | Add,
}

/// <summary>Sorts layers by the rules that they take.</summary>
internal static class RuleKinds
{
    /// <summary>Each kind of layers on its own.</summary>
    public static readonly EquatableArray<LayerKinds> All =
    [
        LayerKinds.Linear,
        LayerKinds.Convolution,
        LayerKinds.BatchNorm,
        LayerKinds.AveragePool,
        LayerKinds.ReLU,
        LayerKinds.OtherActivation,
        LayerKinds.Add,
    ];

    /// <summary>The kind of a layer; None if it needs no rule.</summary>
    public static LayerKinds RuleKind(this Layer layer) => layer.Operation switch
    {
        Linear => LayerKinds.Linear,
        Convolution => LayerKinds.Convolution,
        BatchNorm { FoldedInto: < 0 } => LayerKinds.BatchNorm,
        AveragePool or AdaptiveAveragePool => LayerKinds.AveragePool,
        Activation { Function: ActivationFunction.ReLU } => LayerKinds.ReLU,
        Activation or Softmax => LayerKinds.OtherActivation,
        Add => LayerKinds.Add,
        _ => LayerKinds.None,
    };
}
