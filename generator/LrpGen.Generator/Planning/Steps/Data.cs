namespace LrpGen.Generator.Planning;

/// <summary>The call's input, from PyTorch's order.</summary>
internal sealed record LoadInput(Tensor To, Arrangement Arrangement) : TensorStep(To)
{
    public override IEnumerable<Arrangement> Arrangements => OfRows(Arrangement);

    public override Step On(Func<Tensor, Tensor> map) => this with { To = map(To) };
}

/// <summary>What the call's objective gives the outputs: their relevance, or under <see cref="Seed.One"/> its gradient.</summary>
internal sealed record SeedObjective(Tensor Output, Arrangement Arrangement, Seed Seed, Tensor To) : TensorStep(To, Output)
{
    public override IEnumerable<Arrangement> Arrangements => [Arrangement];

    public override Step On(Func<Tensor, Tensor> map) => new SeedObjective(map(Output), Arrangement, Seed, map(To));
}

/// <summary>The network's outputs, to the caller's span in PyTorch's order.</summary>
internal sealed record StoreOutput(Tensor Tensor, Arrangement Arrangement) : Step
{
    public override IEnumerable<Arrangement> Arrangements => OfRows(Arrangement);

    public override IEnumerable<Tensor> Reads => [Tensor];

    public override IEnumerable<Tensor> Writes => [];

    public override Step On(Func<Tensor, Tensor> map) => this with { Tensor = map(Tensor) };
}

/// <summary>The input's relevance, to the caller's span in PyTorch's order.</summary>
internal sealed record StoreRelevance(Tensor Tensor, Arrangement Arrangement) : Step
{
    public override IEnumerable<Arrangement> Arrangements => OfRows(Arrangement);

    public override IEnumerable<Tensor> Reads => [Tensor];

    public override IEnumerable<Tensor> Writes => [];

    public override Step On(Func<Tensor, Tensor> map) => this with { Tensor = map(Tensor) };
}

/// <summary>The seed of all outputs.</summary>
internal sealed record SeedOutputs(Tensor Output, Arrangement Arrangement, Seed Seed, Tensor To) : TensorStep(To, Output)
{
    public override IEnumerable<Arrangement> Arrangements => Seed.IsAtTarget() ? OfRows(Arrangement) : [Arrangement];

    public override Step On(Func<Tensor, Tensor> map) => new SeedOutputs(map(Output), Arrangement, Seed, map(To));
}

/// <summary>The seed of the target alone, in the first lane.</summary>
internal sealed record SeedTarget(Tensor Output, Arrangement Arrangement, Seed Seed, Tensor To) : TensorStep(To, Output)
{
    public override IEnumerable<Arrangement> Arrangements => OfRows(Arrangement);

    public override Step On(Func<Tensor, Tensor> map) => new SeedTarget(map(Output), Arrangement, Seed, map(To));
}

/// <summary>The target's element, in the first lane.</summary>
internal sealed record PickTarget(Tensor Tensor, Arrangement Arrangement, Tensor To) : TensorStep(To, Tensor)
{
    public override IEnumerable<Arrangement> Arrangements => OfRows(Arrangement);

    public override Step On(Func<Tensor, Tensor> map) => new PickTarget(map(Tensor), Arrangement, map(To));
}

/// <summary>
/// A tensor that holds numbers where it has elements, and 0 in its padding: one for all, or as many runs of equal numbers as there are values, as
/// those of channels are.
/// </summary>
internal sealed record Fill(EquatableArray<double> Values, Arrangement Arrangement, Tensor To) : TensorStep(To)
{
    public override IEnumerable<Arrangement> Arrangements => [Arrangement];

    public override Step On(Func<Tensor, Tensor> map) => new Fill(Values, Arrangement, map(To));
}

/// <summary>The relevance in the channels that the call gives, and 0 elsewhere; all of it if the call gives none.</summary>
internal sealed record MaskChannels(Tensor Relevance, MaskedAxis Axis, Tensor To) : TensorStep(To, Relevance)
{
    public override Step On(Func<Tensor, Tensor> map) => new MaskChannels(map(Relevance), Axis, map(To));
}
