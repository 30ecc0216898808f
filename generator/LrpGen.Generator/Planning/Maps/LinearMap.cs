namespace LrpGen.Generator.Planning;

/// <summary>
/// A layer as a linear map z = Σ_i a_i w_ij + b_j, whose products rules are made of. A map of several inputs has the same weights for each.
/// </summary>
/// <param name="names">Makes tensors of the layer.</param>
/// <param name="input">Extent of what the layer reads.</param>
/// <param name="output">Extent of what it writes.</param>
internal abstract class LinearMap(TensorNames names, Extent input, Extent output)
{
    protected TensorNames Names { get; } = names;

    protected Extent InputExtent => input;

    protected Extent OutputExtent => output;

    public abstract bool HasBias { get; }

    /// <summary>A part of the bias, for the ledger; null if there is none.</summary>
    public virtual Offsets? BiasOf(BiasPart part, double gamma) => null;

    /// <summary>Whether no weight is negative, so that w⁻ = 0 and w⁺ = w.</summary>
    public virtual bool WeightsAreNonNegative => false;

    /// <summary>Whether the weights are the same in every call, so that what they alone give is computed once.</summary>
    public virtual bool IsConstant => true;

    /// <summary>What formulas leave open, such as what w is.</summary>
    public virtual string Remark => "";

    /// <summary>The same map, no sum of which may carry the rounding of others.</summary>
    public virtual LinearMap Exact => this;

    /// <summary>A new tensor of the extent of the layer's output, as the map sees it.</summary>
    public Tensor NewOutput(string symbol) => Names.New(symbol, output);

    /// <summary>A new tensor of the extent of an input.</summary>
    public Tensor NewInput(string symbol) => Names.New(symbol, input);

    /// <summary>Adds the steps for Σ_i a_i w_ij + b_j.</summary>
    /// <param name="accumulate">Whether the sum is added to what <paramref name="to"/> holds.</param>
    public abstract void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to);

    /// <summary>Adds the steps for Σ_j w_ij s_j.</summary>
    /// <param name="sum">A sum that it is added to; null for none.</param>
    /// <param name="fresh">Makes the tensor for it.</param>
    /// <returns>The tensor that holds it.</returns>
    public abstract Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh);

    /// <summary>The layer's own forward pass.</summary>
    public void Forward(List<Step> steps, Tensor input, Tensor z) =>
        Product(steps, input, WeightPart.W, HasBias ? BiasPart.B : BiasPart.None, 0, false, z);
}
