namespace LrpGen.Generator.Planning;

/// <summary>Steps that run for one row after another, because a row needs what comes of the row before.</summary>
/// <param name="Rows">What the steps call parts of rows.</param>
/// <param name="Body">The steps, on tensors of one row.</param>
/// <param name="FromEnd">Whether the last row is the first.</param>
internal sealed record ForEachRow(IReadOnlyList<RowOf> Rows, IReadOnlyList<Step> Body, bool FromEnd) : Step
{
    public override IEnumerable<Tensor> Reads => Wholes(Body.SelectMany(step => step.Reads));

    public override IEnumerable<Tensor> Writes => Wholes(Body.SelectMany(step => step.Writes));

    public override IEnumerable<WeightSet> WeightSets => Body.SelectMany(step => step.WeightSets);

    public override IEnumerable<BiasSet> BiasSets => Body.SelectMany(step => step.BiasSets);

    public override Step On(Func<Tensor, Tensor> map) => new ForEachRow(
        [.. Rows.Select(row => row with { Whole = map(row.Whole) })], [.. Body.Select(step => step.On(map))], FromEnd);

    private IEnumerable<Tensor> Wholes(IEnumerable<Tensor> tensors) =>
        tensors.Select(tensor => Rows.FirstOrDefault(row => row.Row == tensor)?.Whole ?? tensor).Distinct();
}

/// <summary>Lanes of a row of a tensor, as a tensor of one row.</summary>
/// <param name="Lane">The first of them.</param>
internal sealed record RowOf(Tensor Row, Tensor Whole, int Lane);
