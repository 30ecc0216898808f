using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>What convolutions, transposed ones too, have in common. In 1-D all pairs are for columns alone.</summary>
internal abstract record KernelSpec(int Outputs, Pair Kernel) : WeightedSpec(Outputs)
{
    public Pair Stride { get; init; } = 1;

    public Pair Padding { get; init; }

    public Pair Dilation { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public override LayerKinds Kind => LayerKinds.Convolution;

    public override int? ChannelAxis(Shape input, int? ofInput) => 0;

    protected bool IsPlane => Op.EndsWith("2d", StringComparison.Ordinal);

    protected Sliding Rows => IsPlane ? new(Kernel.H, Stride.H, Padding.H, Dilation.H) : Sliding.None;

    protected Sliding Columns => new(Kernel.W, Stride.W, Padding.W, Dilation.W);

    protected int Taps => Rows.Kernel * Columns.Kernel;

    protected override IEnumerable<string> Arguments =>
    [
        Text(Outputs),
        .. Kernel.Sizes(IsPlane),
        .. Stride.Named(nameof(Stride), 1, IsPlane),
        .. Padding.Named(nameof(Padding), 0, IsPlane),
        .. Dilation.Named(nameof(Dilation), 1, IsPlane),
        .. Named(nameof(Groups), Groups, 1),
        .. Named(nameof(Bias), Bias, true),
    ];

    /// <summary>Sizes of the weight: a kernel for each of some channels, with the channels of a group.</summary>
    protected Shape WeightOf(int channels, int ofGroup) =>
        IsPlane ? Shape.Of(channels, ofGroup, Kernel.H, Kernel.W) : Shape.Of(channels, ofGroup, Kernel.W);

    protected Shape Planes(int channels, int height, int width) => IsPlane ? Shape.Of(channels, height, width) : Shape.Of(channels, width);

    /// <summary>The connections of a convolution, for every tap along the columns.</summary>
    /// <param name="seen">Shape of what the convolution reads.</param>
    /// <param name="windows">Shape of what it writes.</param>
    protected IEnumerable<Connections> ConnectionsOf(Shape seen, Shape windows, double[] weight)
    {
        (int inputs, int height, int width) = seen.Planes;
        (int outputs, int windowRows, int windowColumns) = windows.Planes;
        (Sliding rows, Sliding columns) = (Rows, Columns);
        int inputsPerGroup = inputs / Groups;
        int outputsPerGroup = outputs / Groups;
        for (int o = 0; o < outputs; o++)
        {
            for (int c = 0; c < inputsPerGroup; c++)
            {
                int channel = (o / outputsPerGroup * inputsPerGroup) + c;
                for (int ky = 0; ky < rows.Kernel; ky++)
                {
                    (int firstRow, int endRow) = rows.Seeing(height, ky, windowRows);
                    for (int kx = 0; kx < columns.Kernel; kx++)
                    {
                        (int first, int end) = columns.Seeing(width, kx, windowColumns);
                        double w = weight[(((((o * inputsPerGroup) + c) * rows.Kernel) + ky) * columns.Kernel) + kx];
                        for (int row = firstRow; row < endRow; row++)
                        {
                            int i = (((channel * height) + rows.PositionOf(row, ky)) * width) + columns.PositionOf(first, kx);
                            int j = (((o * windowRows) + row) * windowColumns) + first;
                            yield return new(i, j, w) { Count = end - first, StepI = columns.Stride };
                        }
                    }
                }
            }
        }
    }
}

/// <summary>A convolution.</summary>
internal abstract record Convolution(int Outputs, Pair Kernel) : KernelSpec(Outputs, Kernel)
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        (_, int height, int width) = inputs[0].Planes;
        return Planes(Outputs, Rows.Windows(height), Columns.Windows(width));
    }

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => WithBias(WeightOf(Outputs, input[0] / Groups));

    public override (int Input, int Output) ChannelsOf(int weight, int inputs)
    {
        int perGroup = inputs / Groups;
        int output = weight / (perGroup * Taps);
        return ((output / (Outputs / Groups) * perGroup) + (weight / Taps % perGroup), output);
    }

    public override bool TakesInBefore(Shape input) => Rows.Padding == 0 && Columns.Padding == 0;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        Shape output = OutputOf([input]);
        double[] weight = weights[NameOf("weight")];
        return new LinearLayer(output, Kind, ConnectionsOf(input, output, weight), BiasOf(weights, output.Size / Outputs));
    }
}

/// <summary>Over (C, L).</summary>
internal sealed record Conv1d(int Outputs, Pair Kernel) : Convolution(Outputs, Kernel);

/// <summary>Over (C, H, W).</summary>
internal sealed record Conv2d(int Outputs, Pair Kernel) : Convolution(Outputs, Kernel);

/// <summary>A transposed convolution: each input adds its kernel to the outputs, those that a convolution would compute it from.</summary>
internal abstract record TransposedConvolution(int Outputs, Pair Kernel) : KernelSpec(Outputs, Kernel)
{
    public Pair OutputPadding { get; init; }

    protected override IEnumerable<string> Arguments => [.. base.Arguments, .. OutputPadding.Named(nameof(OutputPadding), 0, IsPlane)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        (_, int height, int width) = inputs[0].Planes;
        return Planes(Outputs, Rows.Span(height, IsPlane ? OutputPadding.H : 0), Columns.Span(width, OutputPadding.W));
    }

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => WithBias(WeightOf(input[0], Outputs / Groups));

    public override (int Input, int Output) ChannelsOf(int weight, int inputs)
    {
        int perGroup = Outputs / Groups;
        int input = weight / (perGroup * Taps);
        return (input, (input / (inputs / Groups) * perGroup) + (weight / Taps % perGroup));
    }

    public override bool TakesInBefore(Shape input) => false;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        Shape output = OutputOf([input]);
        double[] weight = weights[NameOf("weight")];
        return new LinearLayer(
            output, Kind, ConnectionsOf(output, input, weight).Select(these => these.Reversed), BiasOf(weights, output.Size / Outputs));
    }
}

/// <summary>Over (C, L).</summary>
internal sealed record ConvTranspose1d(int Outputs, Pair Kernel) : TransposedConvolution(Outputs, Kernel);

/// <summary>Over (C, H, W).</summary>
internal sealed record ConvTranspose2d(int Outputs, Pair Kernel) : TransposedConvolution(Outputs, Kernel);
