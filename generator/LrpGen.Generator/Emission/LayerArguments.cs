namespace LrpGen.Generator.Emission;

/// <summary>The arguments of a layer that no shape tells, by PyTorch's names.</summary>
internal static class LayerArguments
{
    public static IEnumerable<(string Name, EquatableArray<double> Values)> Of(Layer layer) => layer.Operation switch
    {
        Convolution convolution =>
        [
            .. Window(layer, convolution.Rows, convolution.Columns),
            ("dilation", OnAxes(layer, convolution.Rows.Dilation, convolution.Columns.Dilation)),
            ("groups", [convolution.Groups]),
        ],
        MaxPool pool => Pool(layer, pool.Rows, pool.Columns),
        AveragePool pool => [.. Pool(layer, pool.Rows, pool.Columns), ("count_include_pad", [Flag(pool.Divisor == Divisor.PaddedInput)])],
        BatchNorm norm => [("eps", [norm.Eps])],
        Activation activation => Activation(activation),
        _ => [],
    };

    private static (string, EquatableArray<double>)[] Activation(Activation activation) => activation.Function switch
    {
        ActivationFunction.LeakyReLU => [("negative_slope", [activation.Parameters[0]])],
        ActivationFunction.ELU => [("alpha", [activation.Parameters[0]])],
        ActivationFunction.GELUTanh => [("approximate", [1])],
        ActivationFunction.Softplus => [("beta", [activation.Parameters[0]]), ("threshold", [activation.Parameters[1]])],
        _ => [],
    };

    private static (string, EquatableArray<double>)[] Pool(Layer layer, Axis rows, Axis columns) =>
        [.. Window(layer, rows, columns), ("ceil_mode", [Flag(rows.Overhangs || columns.Overhangs)])];

    private static (string, EquatableArray<double>)[] Window(Layer layer, Axis rows, Axis columns) =>
    [
        ("kernel_size", OnAxes(layer, rows.Kernel, columns.Kernel)),
        ("stride", OnAxes(layer, rows.Stride, columns.Stride)),
        ("padding", OnAxes(layer, rows.Padding, columns.Padding)),
    ];

    private static EquatableArray<double> OnAxes(Layer layer, int rows, int columns) => layer.Input.Rank == 3 ? [rows, columns] : [columns];

    private static double Flag(bool value) => value ? 1 : 0;
}
