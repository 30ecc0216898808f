namespace LrpGen.Generator.Planning;

/// <summary>Which statistics a normalisation takes.</summary>
/// <param name="Rows">Rows of a region that has statistics of its own, one after another.</param>
/// <param name="Lanes">Lanes of it, side by side.</param>
/// <param name="Centred">Whether its mean is subtracted; else μ = 0.</param>
/// <param name="Eps">Added to its variance.</param>
internal readonly record struct Statistics(int Rows, int Lanes, bool Centred, double Eps);

/// <summary>w (a − μ) / σ + b.</summary>
/// <param name="Weights">Null for 1.</param>
/// <param name="Bias">Null for 0.</param>
internal sealed record Normalize(Statistics Statistics, Tensor Input, WeightSet? Weights, BiasSet? Bias, Tensor To) : TensorStep(To, Input)
{
    public override IEnumerable<WeightSet> WeightSets => Weights is null ? [] : [Weights];

    public override IEnumerable<BiasSet> BiasSets => Bias is null ? [] : [Bias];

    public override Step On(Func<Tensor, Tensor> map) => new Normalize(Statistics, map(Input), Weights, Bias, map(To));
}

/// <summary>Σ_j R_j times the derivative of z_j.</summary>
/// <param name="Weights">Null for 1.</param>
/// <param name="ConstantDeviation">Whether σ is a constant.</param>
internal sealed record NormalizeBack(
    Statistics Statistics, Tensor Input, WeightSet? Weights, bool ConstantDeviation, Tensor Relevance, Tensor To)
    : TensorStep(To, Input, Relevance)
{
    public override IEnumerable<WeightSet> WeightSets => Weights is null ? [] : [Weights];

    public override Step On(Func<Tensor, Tensor> map) =>
        new NormalizeBack(Statistics, map(Input), Weights, ConstantDeviation, map(Relevance), map(To));
}
