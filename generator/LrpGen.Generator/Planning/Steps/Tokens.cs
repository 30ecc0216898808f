namespace LrpGen.Generator.Planning;

/// <summary>For every token of the call's input its row of weights.</summary>
internal sealed record Gather(WeightSet Weights, Tensor To) : TensorStep(To)
{
    public override IEnumerable<WeightSet> WeightSets => [Weights];

    public override Step On(Func<Tensor, Tensor> map) => new Gather(Weights, map(To));
}

/// <summary>The sum of every row, in its first lane.</summary>
internal sealed record SumLanes(Tensor Tensor, Tensor To) : TensorStep(To, Tensor)
{
    public override Step On(Func<Tensor, Tensor> map) => new SumLanes(map(Tensor), map(To));
}
