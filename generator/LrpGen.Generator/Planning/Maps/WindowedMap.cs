namespace LrpGen.Generator.Planning;

/// <summary>A convolution, or a linear layer of several rows, in tiles or as it is defined; or the other way round, as transposed ones are.</summary>
/// <param name="parameter">The weights, and the bias.</param>
/// <param name="form">The convolution whose weights they are.</param>
/// <param name="mirrored">Whether the layer is the convolution's mirror: each of its two products is the other one of the convolution.</param>
internal sealed class WindowedMap(
    Parameter parameter, Windowed form, bool mirrored, bool inTiles, Extent input, Extent output, TensorNames names)
    : LinearMap(names, input, output)
{
    public override bool HasBias => parameter.HasBias;

    public override LinearMap Direct =>
        new WindowedMap(parameter, form, mirrored, inTiles: false, InputExtent, OutputExtent, Names);

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to) =>
        Add(steps, mirrored, input, part, BiasSet.Of(parameter, bias, gamma, OutputExtent.Pitch), gamma, accumulate, to);

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        Add(steps, !mirrored, s, part, null, gamma, sum is not null, to);
        return to;
    }

    private void Add(
        List<Step> steps, bool transposed, Tensor from, WeightPart part, BiasSet? bias, double gamma, bool accumulate, Tensor to)
    {
        Stored weights = new(WeightSet.Of(parameter, part, gamma, PackingOf(transposed), form, OutputExtent.Pitch));
        if (inTiles)
        {
            Tiling tiling = Tiling.Of(form, transposed);
            int tiles = Tiling.Positions * tiling.Capacity;
            Tensor u = Scratch(steps, "u", new Extent(tiles, tiling.Inputs, from.Pitch));
            Tensor m = Scratch(steps, "m", new Extent(tiles, tiling.Outputs, Simd.RoundUp(tiling.Outputs)));
            steps.Add(new Product(form, transposed, false, from, weights, bias, accumulate, to) { Mirrored = mirrored, Scratch = [u, m] });
            return;
        }

        Correlation shape = transposed ? Correlation.Transposed(form) : Correlation.Forward(form);
        steps.Add(new Product(form, transposed, false, Padded(steps, from, shape), weights, bias, accumulate, to) { Mirrored = mirrored });
    }

    private Packing PackingOf(bool transposed) => (form.IsDepthwise, inTiles, transposed) switch
    {
        (true, _, _) => Packing.Channels,
        (_, _, true) when !mirrored && InputExtent.Pitch == Simd.Narrow => Packing.NarrowConvolution,
        (_, true, false) => Packing.Winograd,
        (_, true, true) => Packing.TransposedWinograd,
        (_, _, false) => Packing.Convolution,
        _ => Packing.TransposedConvolution,
    };

    // Products follow each other, so that the memory of one serves the next.
    private Tensor Scratch(List<Step> steps, string symbol, Extent extent)
    {
        Tensor? same = steps.OfType<Product>().SelectMany(product => product.Scratch)
            .FirstOrDefault(scratch => scratch.Symbol == symbol && scratch.Length >= extent.Rows * extent.Pitch);
        return same ?? Names.New(symbol, extent);
    }

    // Padding once keeps every bounds check out of the loops.
    private Tensor Padded(List<Step> steps, Tensor tensor, Correlation shape)
    {
        Margins margins = shape.Margins;
        if (margins.AreNone)
        {
            return tensor;
        }

        Pad? same = steps.OfType<Pad>().LastOrDefault(pad => pad.Tensor == tensor && pad.Margins == margins);
        if (same is not null)
        {
            return same.To;
        }

        Count? columns = tensor.Extent.Count?.Then(add: margins.Left + margins.Right);
        Extent extent = new(shape.PaddedHeight * shape.PaddedWidth, tensor.Lanes, tensor.Pitch, columns);
        Tensor padded = Names.New(tensor.Symbol + "Padded", extent);
        steps.Add(new Pad(tensor, shape.InputHeight, shape.InputWidth, margins, padded));
        return padded;
    }
}
