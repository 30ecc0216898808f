namespace LrpGen.Generator.Planning;

/// <summary>A normalisation whose σ is a constant: w_ij = w_j (δ_ij − 1/n) / σ, or w_j δ_ij / σ if it is not centred.</summary>
/// <param name="parameter">The weights, and the bias; null for 1 and 0.</param>
/// <param name="a">The layer's input, which gives σ: the only one that the map can be asked about.</param>
/// <param name="weights">Null for 1.</param>
/// <param name="biasRows">Rows of the bias; 0 if there is none.</param>
internal sealed class NormalizationMap(Parameter? parameter, Statistics statistics, Tensor a, WeightSet? weights, int biasRows, TensorNames names)
    : LinearMap(names, a.Extent, a.Extent)
{
    public override bool HasBias => biasRows > 0;

    public override Offsets? BiasOf(BiasPart part, double gamma) => Offsets.Of(Set(part, gamma));

    public override string Remark => statistics.Centred
        ? ", w_ij = w_j (δ_ij − 1/n) / σ with σ as a constant"
        : ", w_ij = w_j δ_ij / σ with σ as a constant";

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        if (input != a || accumulate)
        {
            throw new InvalidOperationException("A normalisation is a map of its own input alone.");
        }

        Check(part);
        steps.Add(new Normalize(statistics, a, weights, Set(bias, gamma), to));
    }

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Check(part);
        Tensor to = sum is null ? fresh() : NewInput("c");
        steps.Add(new NormalizeBack(statistics, a, weights, ConstantDeviation: true, s, to));
        if (sum is null)
        {
            return to;
        }

        steps.Add(new Pointwise(new Read(sum) + new Read(to), sum));
        return sum;
    }

    private BiasSet? Set(BiasPart part, double gamma) =>
        biasRows == 0 ? null : BiasSet.Of(parameter!, part, gamma, OutputExtent.Pitch, biasRows);

    private static void Check(WeightPart part)
    {
        if (part != WeightPart.W)
        {
            throw new InvalidOperationException($"A normalisation has no {part}.");
        }
    }
}
