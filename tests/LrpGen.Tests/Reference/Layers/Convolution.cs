using CsCheck;
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
    /// <summary>Random convolutions of inputs with so many axes.</summary>
    protected static IEnumerable<RandomPart> Random(RandomInput input, int rank, Func<int, Pair, Convolution> create) => input.Shape.Rank != rank
        ? []
        :
        [
            new(
                80,
                from groups in RandomInput.DivisorOf(input.Shape[0])
                from outputs in RandomInput.Outputs
                from bias in input.Bias
                from windows in input.Windows(isPool: false)
                let channels = (outputs + groups - 1) / groups * groups
                select (LayerSpec)(create(channels, new(windows.H.Kernel, windows.W.Kernel)) with
                {
                    Groups = groups,
                    Bias = bias,
                    Stride = new(windows.H.Stride, windows.W.Stride),
                    Padding = new(windows.H.Padding, windows.W.Padding),
                    Dilation = new(windows.H.Dilation, windows.W.Dilation),
                })),

            // One that keeps the shape, as those of a residual block do.
            new(
                40,
                110,
                from padding in Gen.Int[0, 1]
                from bias in input.Bias
                select (LayerSpec)(create(input.Shape[0], (2 * padding) + 1) with { Padding = padding, Bias = bias })),
        ];

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
internal sealed record Conv1d(int Outputs, Pair Kernel) : Convolution(Outputs, Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases = [new("", [4, 9], new Conv1d(6, 3) { Stride = 2, Padding = 1, Groups = 2 })],
        Exports = [new("Dilated", [3, 11], new Conv1d(4, 3) { Stride = 2, Padding = 1, Dilation = 2 })],
        Shapes = [new("2, 9", "Conv1d(4, 3, Stride = 2, Padding = 1)", "(4, 5)")],
        Faults =
        [
            new(
                "LRP0024",
                "The packed weight of Conv1d would have more than 2147483575 values",
                "[Network(1, 40000)] [[|Conv1d(1, 36000000, Padding = 18000000)|]]"),
            LayerFault.TooLarge("Conv1d", "[Network(3, 8)] [[|Conv1d(4, 3, Padding = 536870912)|]]"),
        ],
        Random = input => Random(input, 2, (outputs, kernel) => new Conv1d(outputs, kernel)),
    };
}

/// <summary>Over (C, H, W).</summary>
internal sealed record Conv2d(int Outputs, Pair Kernel) : Convolution(Outputs, Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases = [new("", [2, 6, 5], new Conv2d(5, new(3, 2)) { Padding = new(1, 0), Dilation = new(2, 1) })],
        Exports =
        [
            new(
                "Grouped",
                [3, 8, 7],
                new Conv2d(4, new(3, 2)) { Stride = new(1, 2), Padding = new(2, 1), Dilation = new(2, 1), Bias = false },
                new Conv2d(6, 2) { Groups = 2 }),
            new("Depthwise", [3, 8, 7], new Conv2d(3, 3) { Groups = 3, Padding = 1 }),
        ],
        Shapes =
        [
            new("3, 224, 224", "Conv2d(64, 11, Stride = 4, Padding = 2)", "(64, 55, 55)"), // AlexNet
            new("3, 224, 224", "Conv2d(64, 7, Stride = 2, Padding = 3)", "(64, 112, 112)"), // ResNet
            new("4, 28, 28", "Conv2d(4, 3, Padding = 2, Dilation = 2, Groups = 4)", "(4, 28, 28)"),
            new("1, 10, 10", "Conv2d(8, 3, 5, StrideH = 2, PaddingW = 2)", "(8, 4, 10)"),
            new("1, 9, 9", "Conv2d(1, 3, Stride = 2, StrideH = 1)", "(1, 7, 4)"),
            new("1, 9, 9", "Conv2d(1, 3, Dilation = 2, DilationW = 3)", "(1, 5, 3)"),
        ],
        Faults =
        [
            new("LRP0006", "Conv2d takes an input of shape (C, H, W), but gets (3, 8)", "[Network(3, 8)] [[|Conv2d(2, 3)|]]"),
            new(
                "LRP0007",
                "The output of Conv2d would be empty: a window spans 5 positions, but there are only 4 with padding (input (1, 2, 9))",
                "[Network(1, 2, 9)] [[|Conv2d(2, 3, Padding = 1, Dilation = 2)|]]"),
            new("LRP0008", "kernelSize of Conv2d must be at least 1, but is 0", "[Network(3, 8, 8)] [Conv2d(2, [|0|])]"),
            new(
                "LRP0008",
                "kernelHeight of Conv2d must be at least 1, but is -3",
                "[Network(3, 8, 8)] [Conv2d([|kernelHeight: -3|], kernelWidth: 2, outChannels: 2)]"),
            new("LRP0008", "Stride of Conv2d must be at least 1, but is 0", "[Network(3, 8, 8)] [Conv2d(2, 3, Bias = false, [|Stride = 0|])]"),
            new("LRP0008", "DilationW of Conv2d must be at least 1, but is 0", "[Network(3, 8, 8)] [Conv2d(2, 3, [|DilationW = 0|])]"),
            new(
                "LRP0009",
                "2 groups do not divide 3 input channels and 4 output channels",
                "[Network(3, 8, 8)] [Conv2d(4, 3, [|Groups = 2|])]"),
            new(
                "LRP0024",
                "The packed weight of Conv2d would have more than 2147483575 values",
                "[Network(16384, 40, 40)] [[|Conv2d(16384, 3, 3)|]]"),
        ],
        Random = input => Random(input, 3, (outputs, kernel) => new Conv2d(outputs, kernel)),
    };
}

/// <summary>A transposed convolution: each input adds its kernel to the outputs, those that a convolution would compute it from.</summary>
internal abstract record TransposedConvolution(int Outputs, Pair Kernel) : KernelSpec(Outputs, Kernel)
{
    public Pair OutputPadding { get; init; }

    /// <summary>Random ones whose padding leaves something of every kernel.</summary>
    protected static IEnumerable<RandomPart> Random(RandomInput input, int rank, Func<int, Pair, TransposedConvolution> create) =>
        input.Conserving || input.Shape.Rank != rank
        ? []
        :
        [
            new(
                40,
                from groups in RandomInput.DivisorOf(input.Shape[0])
                from outputs in Gen.Int[1, 20]
                from bias in input.Bias
                from kernel in Pairs(1, 4, 4)
                from stride in Pairs(1, 3, 3)
                from dilation in Gen.Int[1, 2]
                from padding in Pairs(0, (kernel.H - 1) * dilation / 2, (kernel.W - 1) * dilation / 2)
                from more in Pairs(0, Math.Max(stride.H, dilation) - 1, Math.Max(stride.W, dilation) - 1)
                let channels = (outputs + groups - 1) / groups * groups
                select (LayerSpec)(create(channels, kernel) with
                {
                    Groups = groups,
                    Bias = bias,
                    Stride = stride,
                    Padding = padding,
                    Dilation = dilation,
                    OutputPadding = more,
                })),
        ];

    private static Gen<Pair> Pairs(int least, int height, int width) =>
        Gen.Select(Gen.Int[least, height], Gen.Int[least, width], (h, w) => new Pair(h, w));

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
internal sealed record ConvTranspose1d(int Outputs, Pair Kernel) : TransposedConvolution(Outputs, Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases = [new("", [4, 5], new ConvTranspose1d(6, 3) { Stride = 2, Padding = 1, OutputPadding = 1, Groups = 2 })],
        Exports = [new("WithoutBias", [3, 5], new ConvTranspose1d(4, 3) { Stride = 2, Padding = 1, OutputPadding = 1, Bias = false })],
        Shapes = [new("2, 6", "ConvTranspose1d(4, 4, Stride = 2, Dilation = 3, OutputPadding = 2)", "(4, 22)")], // 5·2 + 3·3 + 2 + 1
        Faults =
        [
            new(
                "LRP0024",
                "The output of ConvTranspose1d would have more than 536870912 values",
                "[Network(3, 8)] [[|ConvTranspose1d(2, 3, Stride = 536870912)|]]"),
        ],
        Random = input => Random(input, 2, (outputs, kernel) => new ConvTranspose1d(outputs, kernel)),
    };
}

/// <summary>Over (C, H, W).</summary>
internal sealed record ConvTranspose2d(int Outputs, Pair Kernel) : TransposedConvolution(Outputs, Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases =
        [
            new("", [3, 4, 3], new ConvTranspose2d(5, new(3, 2)) { Stride = new(2, 3), Dilation = new(2, 1), OutputPadding = new(1, 2) }),

            new("OfOneTap", [4, 5, 2], new ConvTranspose2d(6, 1) { Dilation = 2, OutputPadding = new(0, 1), Groups = 2 }),
        ],
        Exports =
        [
            new(
                "Grouped",
                [4, 5, 4],
                new ConvTranspose2d(6, new(3, 2)) { Stride = new(2, 3), Padding = new(1, 0), Groups = 2 },
                new ConvTranspose2d(2, 2) { Dilation = 2 }),
        ],
        Shapes =
        [
            new("8, 4, 5", "ConvTranspose2d(4, 2, Stride = 2)", "(4, 8, 10)"),
            new("8, 4, 5", "ConvTranspose2d(4, 3, Stride = 2, Padding = 1, OutputPadding = 1)", "(4, 8, 10)"), // 3·2 − 2 + 3 + 1
            new("8, 4, 5", "ConvTranspose2d(4, 3, 2, StrideW = 3, PaddingH = 1, DilationH = 2, OutputPaddingW = 2)", "(4, 6, 16)"),
        ],
        Faults =
        [
            new(
                "LRP0008",
                "OutputPadding of ConvTranspose2d must be at most 1, but is 2",
                "[Network(3, 8, 8)] [ConvTranspose2d(2, 3, Stride = 2, [|OutputPadding = 2|])]"),
            new(
                "LRP0008",
                "PaddingW of ConvTranspose2d must be at most 4, but is 5",
                "[Network(3, 8, 8)] [ConvTranspose2d(2, 3, [|PaddingW = 5|])]"),
        ],
        Random = input => Random(input, 3, (outputs, kernel) => new ConvTranspose2d(outputs, kernel)),
    };
}
