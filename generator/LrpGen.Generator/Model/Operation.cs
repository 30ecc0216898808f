namespace LrpGen.Generator.Model;

/// <summary>What a layer computes, with every number that PyTorch's arguments and the input's shape determine.</summary>
internal abstract record Operation
{
    /// <summary>The tensors of a <c>state_dict</c> that it reads; the first has a row per output.</summary>
    public virtual EquatableArray<WeightTensor> Weights => [];

    /// <summary>Multiply-adds of one forward pass; 0 unless it multiplies by weights.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Whether channel c of the output comes from channel c of the input alone.</summary>
    public virtual bool KeepsChannels => true;

    /// <summary>Whether it adds a bias.</summary>
    public bool HasBias => Weights.Any(tensor => tensor.Name == "bias");
}

/// <summary>A tensor of a layer.</summary>
/// <param name="Name">After the layer's name and a dot: <c>weight</c>.</param>
/// <param name="Shape">In PyTorch's order.</param>
/// <param name="IsTrained">Whether it counts as parameters; statistics do not.</param>
internal sealed record WeightTensor(string Name, EquatableArray<int> Shape, bool IsTrained = true)
{
    public long Size => Shape.Aggregate(1L, (size, dimension) => size * dimension);
}

/// <summary>z_j = Σ_i a_i w_ij + b_j.</summary>
internal sealed record Linear(int Inputs, int Outputs, bool Bias) : Operation
{
    public override EquatableArray<WeightTensor> Weights => Bias
        ? [new("weight", [Outputs, Inputs]), new("bias", [Outputs])]
        : [new("weight", [Outputs, Inputs])];

    public override long MultiplyAdds => (long)Inputs * Outputs;

    public override bool KeepsChannels => false;
}

/// <summary>A convolution; a 1-D one has <see cref="Axis.None"/> as its rows.</summary>
/// <param name="Dimensions">1 or 2.</param>
internal sealed record Convolution(int Dimensions, int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Bias) : Operation
{
    public override EquatableArray<WeightTensor> Weights
    {
        get
        {
            EquatableArray<int> shape = Dimensions == 1
                ? [Outputs, InputsPerGroup, Columns.Kernel]
                : [Outputs, InputsPerGroup, Rows.Kernel, Columns.Kernel];
            return Bias ? [new("weight", shape), new("bias", [Outputs])] : [new("weight", shape)];
        }
    }

    public override long MultiplyAdds => (long)Outputs * InputsPerGroup * Rows.Kernel * Columns.Kernel * Rows.Output * Columns.Output;

    public override bool KeepsChannels => false;

    public int InputsPerGroup => Inputs / Groups;

    public int OutputsPerGroup => Outputs / Groups;

    public bool IsPadded => Rows.Padding > 0 || Columns.Padding > 0;

    /// <summary>Whether every channel has one kernel of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Inputs && Groups == Outputs;
}

/// <summary>Largest value of each window; padding never wins.</summary>
internal sealed record MaxPool(Axis Rows, Axis Columns) : Operation;

/// <summary>What an average divides by.</summary>
internal enum Divisor
{
    /// <summary>The positions inside the padded input: PyTorch's <c>count_include_pad=True</c>.</summary>
    PaddedInput,

    /// <summary>The positions inside the input.</summary>
    Input,
}

/// <summary>Mean of each window.</summary>
internal sealed record AveragePool(Axis Rows, Axis Columns, Divisor Divisor) : Operation;

/// <summary>Mean of the windows ⌊k·n/m⌋ … ⌈(k+1)·n/m⌉ that cut n inputs into m outputs.</summary>
internal sealed record AdaptiveAveragePool(Axis Rows, Axis Columns) : Operation;

/// <summary>a·c + d per channel, c = γ/√(var + eps), d = β − mean·c.</summary>
/// <param name="FoldedInto">Index of the layer that takes it in at load; −1 if none can.</param>
internal sealed record BatchNorm(int Channels, double Eps, int FoldedInto) : Operation
{
    public override EquatableArray<WeightTensor> Weights =>
    [
        new("weight", [Channels]),
        new("bias", [Channels]),
        new("running_mean", [Channels], IsTrained: false),
        new("running_var", [Channels], IsTrained: false),
    ];
}

/// <summary>(C, H, W) as one vector, in that order.</summary>
internal sealed record Flatten : Operation
{
    public override bool KeepsChannels => false;
}

/// <summary>The sum of all inputs.</summary>
internal sealed record Add : Operation;

/// <summary>All inputs side by side along the channels.</summary>
internal sealed record Concat : Operation
{
    public override bool KeepsChannels => false;
}

/// <summary>Nothing: identity, or dropout in evaluation.</summary>
internal sealed record Identity : Operation;

internal enum ActivationFunction
{
    ReLU,
    ReLU6,
    LeakyReLU,
    ELU,
    GELU,
    GELUTanh,
    SiLU,
    Sigmoid,
    Tanh,
    Softplus,
}

/// <summary>An elementwise function.</summary>
/// <param name="Parameters">LeakyReLU: slope. ELU: α. Softplus: β, threshold. Else none.</param>
internal sealed record Activation(ActivationFunction Function, EquatableArray<double> Parameters) : Operation;

/// <summary>eˣ over its sum across the channels.</summary>
internal sealed record Softmax : Operation;
