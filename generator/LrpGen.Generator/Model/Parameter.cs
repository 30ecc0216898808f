namespace LrpGen.Generator.Model;

/// <summary>
/// Weights and a bias as products read them, of whatever layer: the tensors that they are made of, and how. Layers with equal parameters share what
/// is packed of them.
/// </summary>
/// <param name="Tensors">In the order in which <paramref name="Form"/> takes them.</param>
/// <param name="Folds">The batch norms that it takes in when it is loaded: one before it, one behind it.</param>
internal sealed record Parameter(EquatableArray<TensorSource> Tensors, WeightForm Form, EquatableArray<Fold> Folds)
{
    /// <summary>The part that is meant, of a recurrent layer's; null for all.</summary>
    public GatePart? Gates { get; init; }

    /// <summary>All of it.</summary>
    public Parameter Whole => this with { Gates = null };

    /// <summary>The weights alone, which a bias does not change; a batch norm's are made of all its tensors.</summary>
    public Parameter OfWeights => Form is BatchStatistics
        ? this
        : this with { Tensors = Tensors.Where(source => !source.Tensor.IsBias).ToEquatableArray() };

    /// <summary>Whether there is a bias, of its own or of a batch norm.</summary>
    public bool HasBias => Folds.Count > 0 || (Tensors.Any(source => source.Tensor.IsBias) && Gates?.HasNoBias(Form) != true);

    /// <summary>What a layer of that name has of its own; null if it has no weights.</summary>
    public static Parameter? Of(Operation operation, string name) => operation.WeightForm is { } form
        ? new(operation.Weights.Select(tensor => operation.SourceOf(tensor, name)).ToEquatableArray(), form, [])
        : null;

    /// <summary>What another layer makes of the same tensors; null if they are not those that it needs.</summary>
    public Parameter? For(Operation operation)
    {
        EquatableArray<TensorSource> sources = operation.Weights
            .SelectMany(tensor => Tensors.Where(source => source.Tensor.Name == tensor.Name && source.Tensor.Shape.Equals(tensor.Shape)))
            .ToEquatableArray();
        return operation.WeightForm is { } form && sources.Count == operation.Weights.Count ? new Parameter(sources, form, []) : null;
    }
}

/// <summary>A part of the weights of a recurrent layer.</summary>
/// <param name="OfState">Whether they multiply its state, or else what it reads.</param>
/// <param name="Gate">The only gate whose outputs are wanted; null for all, each padded to whole vectors.</param>
internal sealed record GatePart(bool OfState, int? Gate)
{
    /// <summary>Whether biases are added elsewhere: all that meet in one sum are with what the layer reads.</summary>
    public bool HasNoBias(WeightForm form) =>
        OfState && form is GateKernels kernels && (kernels.Separate is null || (Gate ?? kernels.Separate) != kernels.Separate);
}

/// <summary>Where the values of a tensor come from: a tensor of the file, or a slice of it.</summary>
/// <param name="Tensor">As the layer wants it.</param>
/// <param name="Name">In the file.</param>
/// <param name="First">Where the slice begins along the first axis.</param>
/// <param name="Length">Size of the first axis of the whole; 0 if the tensor is no slice.</param>
/// <param name="Transposed">Whether the file has the whole with its two axes exchanged.</param>
internal sealed record TensorSource(WeightTensor Tensor, string Name, int First = 0, int Length = 0, bool Transposed = false)
{
    public bool IsSlice => Length > 0;

    /// <summary>In the file.</summary>
    public EquatableArray<int> Shape
    {
        get
        {
            EquatableArray<int> whole = IsSlice ? [Length, .. Tensor.Shape.Skip(1)] : Tensor.Shape;
            return Transposed ? whole.Reverse().ToEquatableArray() : whole;
        }
    }
}

/// <summary>A batch norm that weights take in.</summary>
/// <param name="Norm">Its own parameter.</param>
/// <param name="IsBefore">Whether it stands before the layer.</param>
internal sealed record Fold(Parameter Norm, bool IsBefore);
