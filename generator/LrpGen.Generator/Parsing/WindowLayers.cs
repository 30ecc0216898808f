namespace LrpGen.Generator.Parsing;

/// <summary>The layers whose outputs look at windows of the input: convolutions and pools, 1-D over (C, L) and 2-D over (C, H, W).</summary>
internal static class WindowLayers
{
    public static ParsedLayer? Convolution1d(LayerDeclaration layer) => Convolution(layer, rank: 2);

    public static ParsedLayer? Convolution2d(LayerDeclaration layer) => Convolution(layer, rank: 3);

    public static ParsedLayer? Pool(LayerDeclaration layer, int rank, Func<Axis, Axis, Operation> operation)
    {
        if (!layer.Takes(rank) || Axes(layer, isPool: true) is not var (rows, columns))
        {
            return null;
        }

        return Parsed(operation(rows, columns), layer.Input.Channels, rank, rows, columns);
    }

    public static ParsedLayer? AveragePool(LayerDeclaration layer, int rank)
    {
        Divisor divisor = layer.Arguments.Flag("CountIncludePad", true) ? Divisor.PaddedInput : Divisor.Input;
        return Pool(layer, rank, (rows, columns) => new AveragePool(rows, columns, divisor));
    }

    public static ParsedLayer? AdaptiveAveragePool(LayerDeclaration layer, int rank)
    {
        int height = rank == 3 ? layer.Arguments.Integer(1, 1, "outputHeight", "outputSize") : 1;
        int width = layer.Arguments.Integer(1, 1, "outputWidth", "outputSize");
        if (!layer.Takes(rank))
        {
            return null;
        }

        Axis rows = Axis.None with { Input = layer.Input.Height, Output = height };
        Axis columns = Axis.None with { Input = layer.Input.Width, Output = width };
        return new ParsedLayer(new AdaptiveAveragePool(rows, columns), Output(layer.Input.Channels, rank, rows, columns));
    }

    private static ParsedLayer? Convolution(LayerDeclaration layer, int rank)
    {
        int inputs = layer.Input.Channels;
        int outputs = layer.Arguments.Integer(1, 1, "outChannels");
        int groups = layer.Arguments.Integer(1, 1, "Groups");
        bool bias = layer.Arguments.Flag("Bias", true);
        if (!layer.Takes(rank) || Axes(layer, isPool: false) is not var (rows, columns))
        {
            return null;
        }

        if (inputs % groups != 0 || outputs % groups != 0)
        {
            layer.Fault(Descriptors.GroupsDoNotDivide, "Groups", groups, inputs, outputs);
            return null;
        }

        return layer.Holds(groups, Limits.Pitch(outputs / groups), Limits.Pitch(inputs / groups), rows.Kernel, columns.Kernel)
            ? Parsed(new Convolution(rank - 1, inputs, outputs, rows, columns, groups, bias), outputs, rank, rows, columns)
            : null;
    }

    private static ParsedLayer Parsed(Operation operation, int channels, int rank, Axis rows, Axis columns) =>
        new(operation, Output(channels, rank, rows, columns), Limits.Product(Windows.Extent(rows), Windows.Extent(columns)));

    private static Shape Output(int channels, int rank, Axis rows, Axis columns) => new(rank, channels, rows.Output, columns.Output);

    /// <summary>Both axes of a layer's windows; null after a fault. The rows of a 1-D layer are <see cref="Axis.None"/>.</summary>
    private static (Axis Rows, Axis Columns)? Axes(LayerDeclaration layer, bool isPool)
    {
        bool is1d = layer.Input.Rank == 2;
        return (is1d ? Axis.None : ParseAxis(layer, "kernelHeight", "H", layer.Input.Height, isPool)) is { } rows
            && ParseAxis(layer, "kernelWidth", is1d ? "" : "W", layer.Input.Width, isPool) is { } columns
            ? (rows, columns)
            : null;
    }

    /// <param name="kernelName">Name of the kernel's size along this axis, if it is not one for both.</param>
    /// <param name="suffix">Distinguishes the arguments of this axis: <c>StrideH</c>.</param>
    private static Axis? ParseAxis(LayerDeclaration layer, string kernelName, string suffix, int input, bool isPool)
    {
        Arguments arguments = layer.Arguments;
        int kernel = arguments.Integer(1, 1, kernelName, "kernelSize");
        int stride = arguments.Integer(isPool ? kernel : 1, 1, "Stride" + suffix, "Stride");
        int padding = arguments.Integer(0, 0, "Padding" + suffix, "Padding");
        int dilation = arguments.Integer(1, 1, "Dilation" + suffix, "Dilation");
        bool ceilMode = arguments.Flag("CeilMode", false);
        if (arguments.Valid && isPool && padding > kernel / 2)
        {
            string name = arguments.Has("Padding" + suffix) ? "Padding" + suffix : "Padding";
            arguments.OutOfRange(name, $"at most {kernel / 2}, half of a window", padding);
        }

        if (!arguments.Valid)
        {
            return null;
        }

        long windows = Windows.Count(input, kernel, stride, padding, dilation, ceilMode);
        if (windows < 1)
        {
            long span = ((kernel - 1L) * dilation) + 1;
            layer.Fault(Descriptors.EmptyOutput, null, layer.Kind, span, input + (2 * padding), layer.Input);
            return null;
        }

        return new Axis(input, (int)windows, kernel, stride, padding, dilation);
    }
}
