namespace LrpGen.Generator.Planning;

/// <summary>
/// Σ_i a_i w_ij + b_j, or the transposed Σ_j w_ij s_j; of a layer that is the form's mirror, with inputs and outputs exchanged.
/// </summary>
/// <param name="Form">What is summed over, and of what.</param>
/// <param name="Transposed">Whether sums run over the form's outputs.</param>
/// <param name="Tensor">The left factor.</param>
/// <param name="Right">w.</param>
/// <param name="Bias">What sums start from; null for 0.</param>
/// <param name="Accumulate">Whether sums start from what <paramref name="To"/> holds.</param>
internal sealed record Product(Contraction Form, bool Transposed, Tensor Tensor, Factor Right, BiasSet? Bias, bool Accumulate, Tensor To) : Step
{
    /// <summary>The weights, of a product with weights.</summary>
    public WeightSet Weights => ((Stored)Right).Weights;

    /// <summary>Whether the layer's inputs are the form's outputs, as of a transposed convolution.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Whether it leads from the layer's outputs to its inputs.</summary>
    public bool IsBackward => Transposed != Mirrored;

    /// <summary>Whether of all outputs there is only the target, in the first lane.</summary>
    public bool TargetOnly { get; init; }

    /// <summary>Whether it must be computed as it is defined, since no sum may carry the rounding of others.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether sums below 0 become 0, as by the ReLU behind the layer; but not for a trace, which shows them first.</summary>
    public bool Rectifies { get; init; }

    /// <summary>The tensor of whose positions a product of matrices has a column each; null if all calls have as many columns.</summary>
    public Tensor? ColumnsOf { get; init; }

    /// <summary>Memory to work in.</summary>
    public IReadOnlyList<Tensor> Scratch { get; init; } = [];

    /// <summary>What becomes of a sum before it is stored; null for the sum itself.</summary>
    public Expression? Then { get; init; }

    /// <summary>What <see cref="Then"/> calls the sum.</summary>
    public Tensor? Sum { get; init; }

    public override IEnumerable<Tensor> Reads =>
        [Tensor, .. Right is Live live ? [live.Tensor] : Array.Empty<Tensor>(), .. Accumulate ? [To] : Array.Empty<Tensor>(), .. Operands];

    public override IEnumerable<Tensor> Writes => [.. Scratch, To];

    public override IEnumerable<WeightSet> WeightSets => Right is Stored stored ? [stored.Weights] : [];

    public override IEnumerable<BiasSet> BiasSets => Bias is null ? [] : [Bias];

    /// <summary>The tensors that <see cref="Then"/> reads besides the sum.</summary>
    public IEnumerable<Tensor> Operands => Then is null ? [] : Then.Reads().Where(tensor => tensor != Sum).Distinct();

    public override Step On(Func<Tensor, Tensor> map) => this with
    {
        Tensor = map(Tensor),
        Right = Right is Live live ? new Live(map(live.Tensor)) : Right,
        To = map(To),
        Scratch = [.. Scratch.Select(map)],
        Then = Then?.On(map),
        Sum = Sum is null ? null : map(Sum),
        ColumnsOf = ColumnsOf is null ? null : map(ColumnsOf),
    };
}
