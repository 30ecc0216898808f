using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Turns a <see cref="LayerSpec"/> and its weights, in PyTorch's order, into a layer that computes.</summary>
internal static class LayerFactory
{
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">Shapes of its inputs.</param>
    /// <param name="weights">The network's weights by name.</param>
    public static ReferenceLayer Create(LayerSpec layer, IReadOnlyList<Shape> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0];
        return layer.Op switch
        {
            "Linear" => Linear(layer, input, weights[$"{layer.Name}.weight"], BiasOf(layer, weights)),
            "Conv1d" or "Conv2d" => Convolution(layer, input, weights[$"{layer.Name}.weight"], BiasOf(layer, weights)),
            "MaxPool1d" or "MaxPool2d" => MaxPool(layer, input, Rows(layer, input, countPadding: false), Columns(layer, input, countPadding: false)),
            "AvgPool1d" or "AvgPool2d" =>
                AveragePool(layer, input, Rows(layer, input, layer.CountIncludePad), Columns(layer, input, layer.CountIncludePad)),
            "AdaptiveAvgPool1d" or "AdaptiveAvgPool2d" =>
                AveragePool(layer, input, Window.Adaptive(input.Height, layer.Kernel.H), Window.Adaptive(input.Width, layer.Kernel.W)),
            "BatchNorm1d" or "BatchNorm2d" => BatchNorm(input, BatchNormFolding.ScaleAndShift(layer, weights)),
            "Add" => Sum(input, inputs.Count),
            "Flatten" or "Dropout" or "Identity" or "Concat" => new IdentityLayer(Shapes.OutputOf(layer, inputs)),
            "Softmax" => new SoftmaxLayer(input),
            _ => Activations.Create(layer, input),
        };
    }

    private static double[] BiasOf(LayerSpec layer, IReadOnlyDictionary<string, double[]> weights) =>
        layer.Bias ? weights[$"{layer.Name}.bias"] : new double[layer.Outputs];

    private static LinearLayer Linear(LayerSpec layer, Shape input, double[] weight, double[] bias) =>
        new(Shape.Of(layer.Outputs), LayerKinds.Linear, ForEachConnection(input.Size, layer.Outputs, weight), bias);

    private static Connections ForEachConnection(int inputs, int outputs, double[] weight) => visit =>
    {
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputs; i++)
            {
                visit(i, j, weight[(j * inputs) + i]);
            }
        }
    };

    private static LinearLayer Convolution(LayerSpec layer, Shape input, double[] weight, double[] bias)
    {
        (Pair kernel, Pair stride, Pair padding, Pair dilation) = (layer.Kernel, layer.Stride, layer.Padding, layer.Dilation);
        Shape output = Shapes.OutputOf(layer, input);
        int inputsPerGroup = input.Channels / layer.Groups;
        int outputsPerGroup = output.Channels / layer.Groups;
        return new(output, LayerKinds.Convolution, ForEachTap, [.. bias.SelectMany(b => Enumerable.Repeat(b, output.Pixels))]);

        void ForEachTap(Action<int, int, double> visit)
        {
            for (int o = 0; o < output.Channels; o++)
            {
                for (int oy = 0; oy < output.Height; oy++)
                {
                    for (int ox = 0; ox < output.Width; ox++)
                    {
                        for (int c = 0; c < inputsPerGroup; c++)
                        {
                            for (int ky = 0; ky < kernel.H; ky++)
                            {
                                for (int kx = 0; kx < kernel.W; kx++)
                                {
                                    int channel = (o / outputsPerGroup * inputsPerGroup) + c;
                                    int y = (oy * stride.H) - padding.H + (ky * dilation.H);
                                    int x = (ox * stride.W) - padding.W + (kx * dilation.W);
                                    if (y >= 0 && y < input.Height && x >= 0 && x < input.Width)
                                    {
                                        visit(
                                            (((channel * input.Height) + y) * input.Width) + x,
                                            (((o * output.Height) + oy) * output.Width) + ox,
                                            weight[(((((o * inputsPerGroup) + c) * kernel.H) + ky) * kernel.W) + kx]);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static Window[] Rows(LayerSpec layer, Shape input, bool countPadding) =>
        Window.Of(input.Height, layer.Kernel.H, layer.Stride.H, layer.Padding.H, layer.CeilMode, countPadding);

    private static Window[] Columns(LayerSpec layer, Shape input, bool countPadding) =>
        Window.Of(input.Width, layer.Kernel.W, layer.Stride.W, layer.Padding.W, layer.CeilMode, countPadding);

    private static MaxPoolLayer MaxPool(LayerSpec layer, Shape input, Window[] rows, Window[] columns) =>
        new(Shapes.OutputOf(layer, input), [.. Windows(input, rows, columns).Select(window => window.Inputs)]);

    private static LinearLayer AveragePool(LayerSpec layer, Shape input, Window[] rows, Window[] columns)
    {
        (int[] Inputs, int Count)[] windows = [.. Windows(input, rows, columns)];
        return new(Shapes.OutputOf(layer, input), LayerKinds.AveragePool, ForEachInput, new double[windows.Length]);

        void ForEachInput(Action<int, int, double> visit)
        {
            for (int j = 0; j < windows.Length; j++)
            {
                foreach (int i in windows[j].Inputs)
                {
                    visit(i, j, 1.0 / windows[j].Count);
                }
            }
        }
    }

    /// <summary>The inputs of each output in row-major order, and the number that an average counts them as.</summary>
    private static IEnumerable<(int[] Inputs, int Count)> Windows(Shape input, Window[] rows, Window[] columns) =>
        from channel in Enumerable.Range(0, input.Channels)
        from row in rows
        from column in columns
        select (
            Inputs: (from y in Enumerable.Range(row.Start, row.End - row.Start)
                     from x in Enumerable.Range(column.Start, column.End - column.Start)
                     select (((channel * input.Height) + y) * input.Width) + x).ToArray(),
            Count: row.Count * column.Count);

    private static LinearLayer BatchNorm(Shape input, (double[] C, double[] D) affine)
    {
        return new(input, LayerKinds.BatchNorm, ForEachValue, [.. affine.D.SelectMany(d => Enumerable.Repeat(d, input.Pixels))]);

        void ForEachValue(Action<int, int, double> visit)
        {
            for (int i = 0; i < input.Size; i++)
            {
                visit(i, i, affine.C[i / input.Pixels]);
            }
        }
    }

    private static LinearLayer Sum(Shape input, int inputs)
    {
        return new(input, LayerKinds.Add, ForEachValue, new double[input.Size]);

        void ForEachValue(Action<int, int, double> visit)
        {
            for (int i = 0; i < inputs * input.Size; i++)
            {
                visit(i, i % input.Size, 1);
            }
        }
    }
}
