namespace LrpGen.Generator.Planning;

/// <summary>A convolution, or a linear layer of several rows; or the other way round, as transposed ones are.</summary>
/// <param name="parameter">The weights, and the bias.</param>
/// <param name="form">The convolution whose weights they are.</param>
/// <param name="mirrored">Whether the layer is the convolution's mirror: each of its two products is the other one of the convolution.</param>
/// <param name="isExact">Whether products must be computed as they are defined.</param>
internal sealed class WindowedMap(
    Parameter parameter, Windowed form, bool mirrored, Extent input, Extent output, TensorNames names, bool isExact = false)
    : LinearMap(names, input, output)
{
    public override bool HasBias => parameter.HasBias;

    public override Offsets? BiasOf(BiasPart part, double gamma) => Offsets.Of(BiasSet.Of(parameter, part, gamma, OutputExtent.Pitch));

    public override LinearMap Exact => new WindowedMap(parameter, form, mirrored, InputExtent, OutputExtent, Names, isExact: true);

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
        Correlation shape = transposed ? Correlation.Transposed(form) : Correlation.Forward(form);
        Tensor padded = Padded(steps, from, shape);
        steps.Add(new Product(form, transposed, padded, weights, bias, accumulate, to) { Mirrored = mirrored, IsExact = isExact });
    }

    private Packing PackingOf(bool transposed) => (form.IsDepthwise, transposed) switch
    {
        (true, _) => Packing.Channels,
        (_, true) when !mirrored && InputExtent.Pitch == Simd.Narrow => Packing.NarrowConvolution,
        (_, true) => Packing.TransposedConvolution,
        _ => Packing.Convolution,
    };

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
