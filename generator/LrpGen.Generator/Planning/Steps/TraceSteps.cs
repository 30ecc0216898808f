namespace LrpGen.Generator.Planning;

/// <summary>What only traces need.</summary>
internal abstract record TraceStep : Step
{
    public override IEnumerable<Tensor> Writes => [];
}

/// <summary>The ReLU of a trace, where otherwise the step that computes its input rectifies.</summary>
internal sealed record RectifyTraced(Tensor Tensor) : TraceStep
{
    public override IEnumerable<Tensor> Reads => [Tensor];

    public override Step On(Func<Tensor, Tensor> map) => new RectifyTraced(map(Tensor));
}

/// <summary>What a trace keeps of a layer.</summary>
/// <param name="Kind">Whether the tensor is an activation, a relevance, what a mask leaves of it, or the target's in the first lane.</param>
internal sealed record Capture(int Layer, CaptureKind Kind, Tensor Tensor) : TraceStep
{
    public override IEnumerable<Tensor> Reads => [Tensor];

    public override Step On(Func<Tensor, Tensor> map) => new Capture(Layer, Kind, map(Tensor));
}

/// <summary>What a trace's ledger says of a layer, from the tensors that its rule has computed.</summary>
internal sealed record LedgerAccount(int Layer, IReadOnlyList<LedgerItem> Items) : TraceStep
{
    public override IEnumerable<Tensor> Reads => Items.SelectMany(item => item.Reads);

    public override IEnumerable<Arrangement> Arrangements => Items.OfType<HandedOn>().Select(item => item.Arrangement)
        .Concat(Items.OfType<Given>().Select(item => item.Arrangement));

    public override IEnumerable<WeightSet> WeightSets => Sums.SelectMany(step => step.WeightSets);

    public override IEnumerable<BiasSet> BiasSets =>
        Items.Select(item => item.Bias).OfType<StoredOffsets>().Select(bias => bias.Set)
            .Concat(Sums.SelectMany(step => step.BiasSets));

    private IEnumerable<Step> Sums => Items.Select(item => item.Sums).OfType<Block>().SelectMany(sums => sums.Steps);

    /// <summary>The same account with other blocks that compute sums.</summary>
    public LedgerAccount EachSum(Func<Block, Block> rewrite) =>
        this with { Items = [.. Items.Select(item => item.Sums is { } sums ? item with { Sums = rewrite(sums) } : item)] };

    public override Step On(Func<Tensor, Tensor> map) => new LedgerAccount(Layer, [.. Items.Select(item => item.On(map))]);
}

/// <summary>What a trace's ledger says of the multiplication by the network's input.</summary>
internal sealed record LedgerTimesInput(Tensor Relevance, Tensor Input, Arrangement Arrangement, Tensor Result) : TraceStep
{
    public override IEnumerable<Tensor> Reads => [Relevance, Input, Result];

    public override IEnumerable<Arrangement> Arrangements => [Arrangement];

    public override Step On(Func<Tensor, Tensor> map) => new LedgerTimesInput(map(Relevance), map(Input), Arrangement, map(Result));
}

internal enum CaptureKind
{
    Activation,
    Relevance,
    TargetRelevance,
    Masked,
}
