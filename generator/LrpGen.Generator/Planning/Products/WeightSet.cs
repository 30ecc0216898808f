namespace LrpGen.Generator.Planning;

/// <summary>How a weight set lies in memory; the runtime's <c>LayerWeights</c> packs it.</summary>
internal enum Packing
{
    /// <summary>[in][out], for both products of a linear layer.</summary>
    Linear,

    /// <summary>[group][block of outputs][kH][kW][in][outputs of the block], for a convolution.</summary>
    Convolution,

    /// <summary>The same with inputs and outputs exchanged, for its transposed product.</summary>
    TransposedConvolution,

    /// <summary>[kH][kW][in][out], for the transposed product of a convolution that reads few channels.</summary>
    NarrowConvolution,

    /// <summary>[position][block of outputs][in][outputs of the block], transformed, for a convolution in tiles.</summary>
    Winograd,

    /// <summary>The same with inputs and outputs exchanged, for its transposed product.</summary>
    TransposedWinograd,

    /// <summary>[out][in] as in the file, for an embedding, which looks rows up.</summary>
    Table,

    /// <summary>[kH][kW][channel] for both products of a depthwise convolution; [row][lane] for a weight of every lane, as of batch norm.</summary>
    Channels,
}

/// <summary>What packings are for.</summary>
internal static class Packings
{
    /// <summary>Whether it serves the transposed product alone.</summary>
    public static bool IsTransposed(this Packing packing) =>
        packing is Packing.TransposedConvolution or Packing.TransposedWinograd or Packing.NarrowConvolution;

    /// <summary>Whether it is for the tiles of <see cref="Tiling"/>.</summary>
    public static bool IsInTiles(this Packing packing) => packing is Packing.Winograd or Packing.TransposedWinograd;

    /// <summary>Floats of a weight set.</summary>
    /// <param name="form">The form of the product.</param>
    /// <param name="pitch">Pitch of the layer's output.</param>
    public static long Length(this Packing packing, Contraction? form, int pitch)
    {
        if (form is not Windowed windowed)
        {
            return (form is Dense dense ? dense.Inputs : 1L) * pitch;
        }

        // A narrow set is for the transposed product, but lies as for the product itself.
        bool transposed = packing.IsTransposed() && packing != Packing.NarrowConvolution;
        Correlation shape = transposed ? Correlation.Transposed(windowed) : Correlation.Forward(windowed);
        int taps = packing.IsInTiles() ? Tiling.Positions : shape.KernelHeight * shape.KernelWidth;
        return packing == Packing.Channels
            ? (long)taps * Simd.RoundUp(windowed.Groups)
            : (long)windowed.Groups * taps * shape.Inputs * Simd.RoundUp(shape.Outputs);
    }
}

/// <summary>A part of a parameter's weights, packed for one kind of product.</summary>
/// <param name="Parameter">Of weights alone.</param>
/// <param name="Gamma">γ of the γ parts, else 0.</param>
/// <param name="Form">The form of the product; null for a weight per lane.</param>
/// <param name="Pitch">Pitch of the output.</param>
/// <param name="Rows">Rows of weights without a form: 1 for all rows of a tensor, or several that repeat.</param>
internal sealed record WeightSet(Parameter Parameter, WeightPart Part, double Gamma, Packing Packing, Contraction? Form, int Pitch, int Rows)
{
    /// <summary>Floats that it takes.</summary>
    public long Length => Rows * Packing.Length(Form, Pitch);

    /// <summary>What lies in memory, which sets for products of several forms may have in common.</summary>
    /// <param name="unrollBudget">Multiply-adds up to which a product is unrolled.</param>
    public PackedWeights Packed(int unrollBudget) => new(
        Parameter,
        Part,
        Gamma,
        Packing,
        Form is Windowed windowed
            ? (windowed.Groups, windowed.Rows.Kernel, windowed.Columns.Kernel, Unrolling.IsUnrolled(windowed, unrollBudget))
            : null,
        Form is Windowed ? 0 : Pitch,
        Rows);

    public static WeightSet Of(Parameter parameter, WeightPart part, double gamma, Packing packing, Contraction? form, int pitch, int rows = 1) =>
        new(parameter.OfWeights, part, part is WeightPart.WGammaPositive or WeightPart.WGammaNegative ? gamma : 0, packing, form, pitch, rows);
}

/// <summary>A weight set as it lies in memory.</summary>
/// <param name="Windows">Groups, taps, and whether blocks are those of unrolled products; null for one that is not of windows.</param>
/// <param name="Pitch">Of weights that are not of windows.</param>
internal readonly record struct PackedWeights(
    Parameter Parameter,
    WeightPart Part,
    double Gamma,
    Packing Packing,
    (int Groups, int KernelHeight, int KernelWidth, bool IsUnrolled)? Windows,
    int Pitch,
    int Rows);

/// <summary>A part of a parameter's bias, padded to the pitch of the output.</summary>
/// <param name="Gamma">γ of the γ parts, else 0.</param>
/// <param name="Rows">1 for all rows of a tensor, or several that repeat.</param>
internal sealed record BiasSet(Parameter Parameter, BiasPart Part, double Gamma, int Pitch, int Rows)
{
    /// <summary>Floats that it takes.</summary>
    public long Length => (long)Rows * Pitch;

    /// <summary>Null for no bias.</summary>
    public static BiasSet? Of(Parameter parameter, BiasPart part, double gamma, int pitch, int rows = 1) => part switch
    {
        BiasPart.None => null,
        BiasPart.BGammaPositive or BiasPart.BGammaNegative => new BiasSet(parameter, part, gamma, pitch, rows),
        _ => new BiasSet(parameter, part, 0, pitch, rows),
    };
}
