namespace LrpGen.Generator.Planning;

/// <summary>A layer as a linear map z = Σ_i a_i w_ij + b_j, whose products rules are made of.</summary>
/// <param name="names">Makes tensors of the layer.</param>
internal abstract class LinearMap(TensorNames names)
{
    protected TensorNames Names { get; } = names;

    public abstract bool HasBias { get; }

    /// <summary>Whether no weight is negative, so that w⁻ = 0 and w⁺ = w.</summary>
    public virtual bool WeightsAreNonNegative => false;

    /// <summary>What formulas leave open, such as what w is.</summary>
    public virtual string Remark => "";

    /// <summary>The same map without tiles, in which a sum's rounding depends on other sums.</summary>
    public virtual LinearMap Direct => this;

    /// <summary>A new tensor of the extent of the layer's output, as the map sees it.</summary>
    public abstract Tensor NewOutput(string symbol);

    public Tensor NewInput(string symbol) => Names.New(symbol, InputExtent);

    /// <summary>A tensor of the extent of the layer's input.</summary>
    protected abstract Tensor InputExtent { get; }

    /// <summary>Adds the steps for Σ_i a_i w_ij + b_j.</summary>
    /// <param name="accumulate">Whether the sum is added to what <paramref name="to"/> holds.</param>
    public abstract void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to);

    /// <summary>Adds the steps for Σ_j w_ij s_j.</summary>
    public abstract void TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, bool accumulate, Tensor to);

    /// <summary>What the map sees of a tensor of the extent of the layer's output.</summary>
    public virtual Tensor Restrict(List<Step> steps, Tensor tensor) => tensor;

    /// <summary>The layer's own forward pass.</summary>
    public void Forward(List<Step> steps, Tensor input, Tensor z) =>
        Product(steps, input, WeightPart.W, HasBias ? BiasPart.B : BiasPart.None, 0, false, z);
}

/// <summary>A linear layer, or only the target's output of a last one: relevance that starts there needs one row of the weights.</summary>
internal sealed class LinearLayerMap(Layer layer, bool hasBias, Tensor input, Tensor output, TensorNames names, bool targetOnly = false)
    : LinearMap(names)
{
    private static readonly Tensor FirstLane = new("", "", 1, 1, 1, Simd.Lanes);

    public override bool HasBias => hasBias;

    protected override Tensor InputExtent => input;

    public override Tensor NewOutput(string symbol) => targetOnly ? Names.New(symbol + "Target", FirstLane) : Names.New(symbol, output);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        steps.Add(new Product(layer.Index, false, targetOnly, input, Weights(part, gamma), BiasSet.Of(layer.Index, bias, gamma), accumulate, to));

    public override void TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, bool accumulate, Tensor to) =>
        steps.Add(new Product(layer.Index, true, targetOnly, s, Weights(part, gamma), null, accumulate, to));

    public override Tensor Restrict(List<Step> steps, Tensor tensor)
    {
        if (!targetOnly)
        {
            return tensor;
        }

        Tensor element = NewOutput(tensor.Stored ? "d" : "z");
        steps.Add(new PickTarget(tensor, element));
        return element;
    }

    private WeightSet Weights(WeightPart part, double gamma) => WeightSet.Of(layer.Index, part, gamma, Packing.Linear);
}

/// <summary>A convolution, in tiles or as it is defined.</summary>
internal sealed class ConvolutionMap(
    Layer layer, Convolution convolution, bool inTiles, bool hasBias, Tensor input, Tensor output, TensorNames names)
    : LinearMap(names)
{
    public override bool HasBias => hasBias;

    public override LinearMap Direct => new ConvolutionMap(layer, convolution, inTiles: false, hasBias, input, output, Names);

    protected override Tensor InputExtent => input;

    public override Tensor NewOutput(string symbol) => Names.New(symbol, output);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        Add(steps, false, input, part, BiasSet.Of(layer.Index, bias, gamma), gamma, accumulate, to);

    public override void TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, bool accumulate, Tensor to) =>
        Add(steps, true, s, part, null, gamma, accumulate, to);

    private void Add(
        List<Step> steps, bool transposed, Tensor from, WeightPart part, BiasSet? bias, double gamma, bool accumulate, Tensor to)
    {
        WeightSet weights = WeightSet.Of(layer.Index, part, gamma, PackingOf(transposed));
        if (inTiles)
        {
            Tiling tiling = Tiling.Of(convolution, transposed);
            Tensor u = Names.New("u", new Tensor("", "", tiling.Inputs, Tiling.Positions, tiling.Capacity, from.Pitch));
            Tensor m = Names.New("m", new Tensor("", "", tiling.Outputs, Tiling.Positions, tiling.Capacity, Simd.RoundUp(tiling.Outputs)));
            steps.Add(new Product(layer.Index, transposed, false, from, weights, bias, accumulate, to) { Scratch = [u, m] });
            return;
        }

        Correlation shape = transposed ? Correlation.Transposed(convolution) : Correlation.Forward(convolution);
        steps.Add(new Product(layer.Index, transposed, false, Padded(steps, from, shape.Margins), weights, bias, accumulate, to));
    }

    private Packing PackingOf(bool transposed) => (convolution.IsDepthwise, inTiles, transposed) switch
    {
        (true, _, _) => Packing.Channels,
        (_, _, true) when input.Pitch == Simd.Narrow => Packing.NarrowConvolution,
        (_, true, false) => Packing.Winograd,
        (_, true, true) => Packing.TransposedWinograd,
        (_, _, false) => Packing.Convolution,
        _ => Packing.TransposedConvolution,
    };

    // Padding once keeps every bounds check out of the loops.
    private Tensor Padded(List<Step> steps, Tensor tensor, Margins margins)
    {
        if (margins.AreNone)
        {
            return tensor;
        }

        Pad? same = steps.OfType<Pad>().LastOrDefault(pad => pad.Tensor == tensor && pad.Margins == margins);
        if (same is not null)
        {
            return same.To;
        }

        int height = tensor.Height + margins.Top + margins.Bottom;
        int width = tensor.Width + margins.Left + margins.Right;
        Tensor padded = Names.New(tensor.Symbol + "Padded", new Tensor("", "", tensor.Channels, height, width, tensor.Pitch));
        steps.Add(new Pad(tensor, margins, padded));
        return padded;
    }
}

/// <summary>An average pool: all weights of a window of n positions are 1/n.</summary>
internal sealed class AveragePoolMap(Layer layer, Tensor input, Tensor output, TensorNames names) : LinearMap(names)
{
    public override bool HasBias => false;

    public override bool WeightsAreNonNegative => true;

    public override string Remark => ", w_ij = 1/n in a window of n";

    protected override Tensor InputExtent => input;

    public override Tensor NewOutput(string symbol) => Names.New(symbol, output);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        Add(steps, false, input, part, gamma, accumulate, to);

    public override void TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, bool accumulate, Tensor to) =>
        Add(steps, true, s, part, gamma, accumulate, to);

    private void Add(List<Step> steps, bool transposed, Tensor from, WeightPart part, double gamma, bool accumulate, Tensor to)
    {
        (int power, double scale) = part switch
        {
            WeightPart.One => (0, 1.0),
            WeightPart.WSquared => (2, 1.0),
            WeightPart.WGammaPositive => (1, 1 + gamma),
            _ => (1, 1.0),
        };
        steps.Add(new Average(layer.Index, transposed, from, power, scale, accumulate, to));
    }
}

/// <summary>Batch norm on its own: one weight and one bias per channel.</summary>
internal sealed class BatchNormMap(Layer layer, Tensor input, TensorNames names) : LinearMap(names)
{
    public override bool HasBias => true;

    protected override Tensor InputExtent => input;

    public override Tensor NewOutput(string symbol) => Names.New(symbol, input);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        Expression product = Weighted(input, part, gamma);
        Expression biased = BiasSet.Of(layer.Index, bias, gamma) is { } set ? product + new ReadBias(set) : product;
        steps.Add(new Pointwise(accumulate ? new Read(to) + biased : biased, to));
    }

    public override void TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, bool accumulate, Tensor to)
    {
        Expression product = Weighted(s, part, gamma);
        steps.Add(new Pointwise(accumulate ? new Read(to) + product : product, to));
    }

    private Expression Weighted(Tensor tensor, WeightPart part, double gamma) =>
        new Read(tensor) * new ReadWeight(WeightSet.Of(layer.Index, part, gamma, Packing.Channels));
}
