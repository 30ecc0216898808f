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
    Multiply = 128,
    Normalization = 256,
    Scale = 512,
    Upsample = 1024,
    MatMul = 2048,
    Position = 4096,
    Attention = 8192,
    Projection = 16384,
    Activation = ReLU | OtherActivation,
    All = Linear | Convolution | BatchNorm | AveragePool | Activation | Add | Multiply | Normalization | Scale | Upsample | MatMul | Position
        | Attention | Projection,
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
        LayerKinds.Multiply,
        LayerKinds.Normalization,
        LayerKinds.Scale,
        LayerKinds.Upsample,
        LayerKinds.MatMul,
        LayerKinds.Position,
        LayerKinds.Attention,
        LayerKinds.Projection,
    ];
}
