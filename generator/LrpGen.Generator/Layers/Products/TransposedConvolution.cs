using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Layers;

/// <summary>A transposed convolution: the product that brings relevance back through its mirror, whose rows and columns it has.</summary>
internal sealed record TransposedConvolution(int Dimensions, int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Bias, bool Varies)
    : KernelLayer(Dimensions, Inputs, Outputs, Rows, Columns, Groups, Bias, Varies, IsMirrored: true)
{
    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, int rank)
    {
        int outputs = layer.Arguments.Integer(1, 1, "outChannels");
        int groups = layer.Arguments.Integer(1, 1, "Groups");
        bool bias = layer.Arguments.Flag("Bias", true);
        if (!layer.Takes(rank)
            || (rank == 2 ? Axis.None : ParseAxis(layer, "kernelHeight", "H", layer.Input[-2])) is not { } rows
            || ParseAxis(layer, "kernelWidth", rank == 2 ? "" : "W", layer.Input[-1]) is not { } columns
            || !GroupsDivide(layer, groups, outputs))
        {
            return null;
        }

        TransposedConvolution convolution = new(rank - 1, layer.Input[0], outputs, rows, columns, groups, bias, layer.Input.Variable is not null);
        ParsedLayer? parsed = layer.Writes(convolution, rank == 2 ? [outputs, columns.Input] : [outputs, rows.Input, columns.Input]);
        return parsed is not null && convolution.IsHeld(layer) ? parsed with { PaddedPixels = WindowArguments.PaddedPixels(rows, columns) } : null;
    }

    public override Variation Vary(Shape input, VariableAxis axis) =>
        Variation.Of(axis.Axis, axis.Count.Then(Columns.Stride, add: Columns.Input - (Columns.Stride * Columns.Output)));

    protected override IEnumerable<(string Name, EquatableArray<double> Values)> OwnArguments =>
        [("output_padding", WindowArguments.OnAxes(Dimensions == 1, OutputPadding(Rows), OutputPadding(Columns)))];

    /// <summary>The mirror's axis.</summary>
    /// <param name="kernelName">Name of the kernel's size along this axis, if it is not one for both.</param>
    /// <param name="suffix">Distinguishes the arguments of this axis: <c>StrideH</c>.</param>
    private static Axis? ParseAxis(LayerDeclaration layer, string kernelName, string suffix, int input)
    {
        Arguments arguments = layer.Arguments;
        int kernel = arguments.Integer(1, 1, kernelName, "kernelSize");
        int stride = arguments.Integer(1, 1, "Stride" + suffix, "Stride");
        int dilation = arguments.Integer(1, 1, "Dilation" + suffix, "Dilation");
        int outputPadding = arguments.Integer(0, 0, Math.Max(stride, dilation) - 1, "OutputPadding" + suffix, "OutputPadding");
        long unpadded = ((input - 1L) * stride) + ((kernel - 1L) * dilation) + 1 + outputPadding;
        int padding = arguments.Integer(0, 0, (int)Math.Min((unpadded - 1) / 2, Limits.Size), "Padding" + suffix, "Padding");
        long output = unpadded - (2L * padding);
        if (arguments.Valid && output > Limits.Size)
        {
            layer.Fault(Descriptors.TooLarge, null, $"The output of {layer.Kind}", Limits.Size);
        }

        return arguments.Valid ? new Axis((int)output, input, kernel, stride, padding, dilation) : null;
    }

    private static int OutputPadding(Axis mirror) =>
        mirror.Input + (2 * mirror.Padding) - ((mirror.Output - 1) * mirror.Stride) - mirror.Span;
}
