namespace LrpGen.Generator.Planning;

/// <summary>Elementwise steps that one loop computes: each element needs others of its own place only.</summary>
internal sealed record Loop(IReadOnlyList<Pointwise> Steps) : Step
{
    /// <inheritdoc cref="Product.Rectifies"/>
    public bool Rectifies => Steps.Any(step => step.Rectifies);

    public override IEnumerable<Tensor> Reads => Steps.SelectMany(step => step.Reads);

    public override IEnumerable<Tensor> Writes => Steps.SelectMany(step => step.Writes);

    public override Step On(Func<Tensor, Tensor> map) => new Loop([.. Steps.Select(step => (Pointwise)step.On(map))]);
}
