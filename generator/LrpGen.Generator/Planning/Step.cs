namespace LrpGen.Generator.Planning;

/// <summary>One operation on tensors.</summary>
internal abstract record Step
{
    /// <summary>Tensors that the step reads.</summary>
    public abstract IEnumerable<Tensor> Reads { get; }

    /// <summary>Tensors that the step writes.</summary>
    public abstract IEnumerable<Tensor> Writes { get; }

    /// <summary>Weights that the step reads.</summary>
    public virtual IEnumerable<WeightSet> WeightSets => [];

    /// <summary>Biases that the step reads.</summary>
    public virtual IEnumerable<BiasSet> BiasSets => [];
}

/// <summary>A step that makes one tensor from others.</summary>
internal abstract record Step<TSelf>(Tensor To, params Tensor[] From) : Step
{
    public override IEnumerable<Tensor> Reads => From;

    public override IEnumerable<Tensor> Writes => [To];
}

/// <summary>The call's input, from (C, H, W) to channels last.</summary>
internal sealed record LoadInput(Tensor To) : Step<LoadInput>(To);

/// <summary>The call's output relevance, likewise.</summary>
internal sealed record LoadOutputRelevance(Tensor To) : Step<LoadOutputRelevance>(To);

/// <summary>The network's outputs, to the caller's span.</summary>
internal sealed record StoreOutput(Tensor Tensor) : Step
{
    public override IEnumerable<Tensor> Reads => [Tensor];

    public override IEnumerable<Tensor> Writes => [];
}

/// <summary>The input's relevance, to the caller's span.</summary>
internal sealed record StoreRelevance(Tensor Tensor) : Step
{
    public override IEnumerable<Tensor> Reads => [Tensor];

    public override IEnumerable<Tensor> Writes => [];
}

/// <summary>The seed of all outputs.</summary>
internal sealed record SeedOutputs(Tensor Output, Seed Seed, Tensor To) : Step<SeedOutputs>(To, Output);

/// <summary>The seed of the target alone, in the first lane.</summary>
internal sealed record SeedTarget(Tensor Output, Seed Seed, Tensor To) : Step<SeedTarget>(To, Output);

/// <summary>The target's element, in the first lane.</summary>
internal sealed record PickTarget(Tensor Tensor, Tensor To) : Step<PickTarget>(To, Tensor);

/// <summary>A copy with margins of zeros.</summary>
internal sealed record Pad(Tensor Tensor, Margins Margins, Tensor To) : Step<Pad>(To, Tensor);

/// <summary>A tensor that holds one number per channel inside the image.</summary>
internal sealed record Fill(EquatableArray<double> Values, Tensor To) : Step<Fill>(To);

/// <summary>An expression for every element.</summary>
internal sealed record Pointwise(Expression Value, Tensor To) : Step
{
    /// <summary>The most tensors that a step adds, so that its expression stays readable and shallow.</summary>
    private const int Summands = 8;

    /// <summary>Steps that sum tensors from the first to the last; each but the first adds to what the one before it left.</summary>
    public static IReadOnlyList<Pointwise> SumOf(IReadOnlyList<Tensor> tensors, Tensor to)
    {
        List<Pointwise> steps = [];
        for (int first = 0; first < tensors.Count; first += Summands)
        {
            IEnumerable<Expression> summands = tensors.Skip(first).Take(Summands).Select(tensor => (Expression)new Read(tensor));
            steps.Add(new Pointwise((first > 0 ? summands.Prepend(new Read(to)) : summands).Aggregate((sum, tensor) => sum + tensor), to));
        }

        return steps;
    }

    /// <summary>The steps one by one, but those together that one loop computes: each element needs others of its own place only.</summary>
    public static IEnumerable<IReadOnlyList<Step>> InLoops(IEnumerable<Step> steps)
    {
        List<Step> loop = [];
        foreach (Step step in steps)
        {
            if (loop.Count > 0 && !(loop[0] is Pointwise first && step is Pointwise next && first.SharesLoopWith(next)))
            {
                yield return loop;
                loop = [];
            }

            loop.Add(step);
        }

        if (loop.Count > 0)
        {
            yield return loop;
        }
    }

    /// <inheritdoc cref="Product.Rectifies"/>
    public bool Rectifies { get; init; }

    /// <summary>Whether no weights and no biases are in the expression.</summary>
    public bool IsOfTensorsOnly => !WeightSets.Any() && !BiasSets.Any();

    public override IEnumerable<Tensor> Reads => Value.Reads();

    public override IEnumerable<Tensor> Writes => [To];

    public override IEnumerable<WeightSet> WeightSets => Value.Parts().OfType<ReadWeight>().Select(read => read.Weights);

    public override IEnumerable<BiasSet> BiasSets => Value.Parts().OfType<ReadBias>().Select(read => read.Bias);

    private bool SharesLoopWith(Pointwise other) => IsOfTensorsOnly && other.IsOfTensorsOnly && To.Length == other.To.Length;
}

/// <summary>Σ_i a_i w_ij + b_j of a linear or convolutional layer, or the transposed Σ_j w_ij s_j.</summary>
/// <param name="Transposed">Whether sums run over outputs.</param>
/// <param name="TargetOnly">Whether of all outputs there is only the target, in the first lane.</param>
/// <param name="Bias">What sums start from; null for 0.</param>
/// <param name="Accumulate">Whether sums start from what <paramref name="To"/> holds.</param>
internal sealed record Product(
    int Layer, bool Transposed, bool TargetOnly, Tensor Tensor, WeightSet Weights, BiasSet? Bias, bool Accumulate, Tensor To)
    : Step
{
    /// <summary>Whether sums below 0 become 0, as by the ReLU behind the layer; but not for a trace, which shows them first.</summary>
    public bool Rectifies { get; init; }

    /// <summary>Memory to work in.</summary>
    public IReadOnlyList<Tensor> Scratch { get; init; } = [];

    /// <summary>What becomes of a sum before it is stored; null for the sum itself.</summary>
    public Expression? Then { get; init; }

    /// <summary>What <see cref="Then"/> calls the sum.</summary>
    public Tensor? Sum { get; init; }

    public override IEnumerable<Tensor> Reads => [Tensor, .. Accumulate ? [To] : Array.Empty<Tensor>(), .. Operands];

    public override IEnumerable<Tensor> Writes => [.. Scratch, To];

    public override IEnumerable<WeightSet> WeightSets => [Weights];

    public override IEnumerable<BiasSet> BiasSets => Bias is null ? [] : [Bias];

    /// <summary>The tensors that <see cref="Then"/> reads besides the sum.</summary>
    public IEnumerable<Tensor> Operands => Then is null ? [] : Then.Reads().Where(tensor => tensor != Sum).Distinct();
}

/// <summary>An average pool as a product with weights Scale · n^−Power over windows of n positions, or its transposed.</summary>
internal sealed record Average(int Layer, bool Transposed, Tensor Tensor, int Power, double Scale, bool Accumulate, Tensor To)
    : Step<Average>(To, Accumulate ? [Tensor, To] : [Tensor]);

/// <summary>The largest of each window.</summary>
internal sealed record Maximum(int Layer, Tensor Tensor, Tensor To) : Step<Maximum>(To, Tensor);

/// <summary>The relevance of each window to its first largest element.</summary>
internal sealed record ToWinner(int Layer, Tensor Input, Tensor Output, Tensor Relevance, Tensor To)
    : Step<ToWinner>(To, Input, Output, Relevance);

/// <summary>An activation.</summary>
internal sealed record Activate(Operation Operation, Tensor Tensor, Tensor To) : Step<Activate>(To, Tensor);

/// <summary>f′(z) R of an activation.</summary>
internal sealed record Differentiate(Operation Operation, Tensor Tensor, Tensor Relevance, Tensor To) : Step<Differentiate>(To, Tensor, Relevance);

/// <summary>Channels last to one vector in (C, H, W) order.</summary>
internal sealed record ToVector(Tensor Tensor, Tensor To) : Step<ToVector>(To, Tensor);

/// <summary>The other way.</summary>
internal sealed record ToImage(Tensor Tensor, Tensor To) : Step<ToImage>(To, Tensor);

/// <summary>Channels of one tensor as channels of another: those from First on in the wider of the two.</summary>
/// <param name="Widens">Whether the channels go into the wider tensor, rather than out of it.</param>
internal sealed record CopyChannels(Tensor Tensor, int First, bool Widens, Tensor To) : Step<CopyChannels>(To, Tensor);

/// <summary>The relevance in the channels that the call gives, and 0 elsewhere; all of it if the call gives none.</summary>
internal sealed record MaskChannels(Tensor Relevance, Tensor To) : Step<MaskChannels>(To, Relevance);

/// <summary>What only traces need.</summary>
internal abstract record TraceStep : Step
{
    public override IEnumerable<Tensor> Writes => [];
}

/// <summary>The ReLU of a trace, where otherwise the step that computes its input rectifies.</summary>
internal sealed record RectifyTraced(Tensor Tensor) : TraceStep
{
    public override IEnumerable<Tensor> Reads => [Tensor];
}

/// <summary>What a trace keeps of a layer.</summary>
/// <param name="Kind">Whether the tensor is an activation, a relevance, what a mask leaves of it, or the target's in the first lane.</param>
internal sealed record Capture(int Layer, CaptureKind Kind, Tensor Tensor) : TraceStep
{
    public override IEnumerable<Tensor> Reads => [Tensor];
}

/// <summary>What a trace's ledger says of a layer, from the tensors that its rule has computed.</summary>
internal sealed record LedgerAccount(int Layer, IReadOnlyList<LedgerItem> Items) : TraceStep
{
    public override IEnumerable<Tensor> Reads => Items.SelectMany(item => item.Reads);

    public override IEnumerable<WeightSet> WeightSets => Items.OfType<Weighted>().SelectMany(item => item.Sums.Steps).SelectMany(step => step.WeightSets);

    public override IEnumerable<BiasSet> BiasSets => Items.Select(item => item.Bias).OfType<BiasSet>();
}

/// <summary>What a trace's ledger says of the multiplication by the network's input.</summary>
internal sealed record LedgerTimesInput(Tensor Relevance, Tensor Input, Tensor Result) : TraceStep
{
    public override IEnumerable<Tensor> Reads => [Relevance, Input, Result];
}

internal enum CaptureKind
{
    Activation,
    Relevance,
    TargetRelevance,
    Masked,
}

/// <summary>Rows and columns of zeros around an image.</summary>
internal readonly record struct Margins(int Top, int Left, int Bottom, int Right)
{
    public bool AreNone => this == default;
}
