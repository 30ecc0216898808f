using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>
/// The arguments of layers whose outputs look at windows of the input: 1-D over (C, L), where rows are <see cref="Axis.None"/>, and 2-D over
/// (C, H, W).
/// </summary>
internal static class WindowArguments
{
    /// <summary>Both axes of a layer's windows; null after a fault.</summary>
    public static (Axis Rows, Axis Columns)? Parse(LayerDeclaration layer, int rank, bool isPool)
    {
        if (!layer.Takes(rank))
        {
            return null;
        }

        bool is1d = rank == 2;
        return (is1d ? Axis.None : ParseAxis(layer, "kernelHeight", "H", layer.Input[-2], isPool)) is { } rows
            && ParseAxis(layer, "kernelWidth", is1d ? "" : "W", layer.Input[-1], isPool) is { } columns
            ? (rows, columns)
            : null;
    }

    /// <summary>Both axes of an adaptive pool; null after a fault.</summary>
    public static (Axis Rows, Axis Columns)? ParseAdaptive(LayerDeclaration layer, int rank)
    {
        int height = rank == 3 ? layer.Arguments.Integer(1, 1, "outputHeight", "outputSize") : 1;
        int width = layer.Arguments.Integer(1, 1, "outputWidth", "outputSize");
        return layer.Takes(rank)
            ? (rank == 3 ? Adaptive(layer.Input[-2], height) : Axis.None, Adaptive(layer.Input[-1], width))
            : null;

        static Axis Adaptive(int input, int output) => Axis.None with { Input = input, Output = output };
    }

    /// <summary>A layer with windows.</summary>
    public static ParsedLayer Parsed(LayerDeclaration layer, Operation operation, int channels, Axis rows, Axis columns) => new(
        operation, Output(layer, channels, rows, columns), PaddedPixels(rows, columns));

    /// <summary>Pixels of the input or output with the padding that windows need.</summary>
    public static double PaddedPixels(Axis rows, Axis columns) => Limits.Product(Windows.Extent(rows), Windows.Extent(columns));

    /// <summary>The shape of the output.</summary>
    public static Shape Output(LayerDeclaration layer, int channels, Axis rows, Axis columns) =>
        layer.Input.Rank == 2 ? Shape.Of(channels, columns.Output) : Shape.Of(channels, rows.Output, columns.Output);

    /// <summary>Such as: 5×5, padding 2.</summary>
    public static IEnumerable<string> Details(bool is1d, Axis rows, Axis columns)
    {
        yield return is1d ? $"{columns.Kernel} taps" : $"{rows.Kernel}×{columns.Kernel}";
        foreach ((string name, int row, int column, int usual) in new[]
        {
            ("stride", rows.Stride, columns.Stride, 1),
            ("padding", rows.Padding, columns.Padding, 0),
            ("dilation", rows.Dilation, columns.Dilation, 1),
        })
        {
            if (is1d ? column != usual : row != usual || column != usual)
            {
                yield return is1d || row == column ? $"{name} {column}" : $"{name} {row}×{column}";
            }
        }
    }

    /// <summary>By PyTorch's names.</summary>
    public static IEnumerable<(string Name, EquatableArray<double> Values)> Of(bool is1d, Axis rows, Axis columns) =>
    [
        ("kernel_size", OnAxes(is1d, rows.Kernel, columns.Kernel)),
        ("stride", OnAxes(is1d, rows.Stride, columns.Stride)),
        ("padding", OnAxes(is1d, rows.Padding, columns.Padding)),
    ];

    /// <summary>A number for each axis.</summary>
    public static EquatableArray<double> OnAxes(bool is1d, int rows, int columns) => is1d ? [columns] : [rows, columns];

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
