namespace LrpGen.Rules;

/// <summary>Kinds of layers, for the <see cref="RuleAttribute.On"/> of a rule.</summary>
[Flags]
public enum LayerKinds
{
    /// <summary>No layer.</summary>
    None = 0,

    /// <summary>Fully connected layers.</summary>
    Linear = 1,

    /// <summary>Convolutions, 1-D and 2-D.</summary>
    Convolution = 2,

    /// <summary>Batch normalisation that no linear or convolutional layer could take in.</summary>
    BatchNorm = 4,

    /// <summary>Average pools, adaptive ones too.</summary>
    AveragePool = 8,

    /// <summary>The activation max(x, 0).</summary>
    ReLU = 16,

    /// <summary>Every other activation.</summary>
    OtherActivation = 32,

    /// <summary>Sums of outputs.</summary>
    Add = 64,

    /// <summary>Products of outputs, element by element, as of a gate.</summary>
    Multiply = 128,

    /// <summary>Normalisations whose statistics come from the input: of a layer, a group, an instance, or by the root mean square.</summary>
    Normalization = 256,

    /// <summary>Scales that are learned for every channel or feature.</summary>
    Scale = 512,

    /// <summary>Layers that widen an image by interpolation.</summary>
    Upsample = 1024,

    /// <summary>Products of matrices that two layers give, as of attention.</summary>
    MatMul = 2048,

    /// <summary>Sums of an output and a learned position, and rotations by positions.</summary>
    Position = 4096,

    /// <summary>Attention: softmax(c Q Kᵀ) V of three outputs.</summary>
    Attention = 8192,

    /// <summary>Projections within attention. Rules for linear layers are for these as well, behind those for projections alone.</summary>
    Projection = 16384,

    /// <summary>Every activation.</summary>
    Activation = ReLU | OtherActivation,

    /// <summary>Every layer that a rule can be assigned to.</summary>
    All = Linear | Convolution | BatchNorm | AveragePool | Activation | Add | Multiply | Normalization | Scale | Upsample | MatMul | Position
        | Attention | Projection,
}
