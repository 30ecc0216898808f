using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>What pools have in common. In 1-D all pairs are for columns alone.</summary>
internal abstract record PoolSpec : LayerSpec
{
    public override LayerKinds Kind => IsAverage ? LayerKinds.AveragePool : LayerKinds.None;

    public override bool KeepsBounds => true;

    public override int? ChannelAxis(Shape input, int? ofInput) => 0;

    protected bool IsPlane => Op.EndsWith("2d", StringComparison.Ordinal);

    private bool IsAverage => Op.Contains("Avg", StringComparison.Ordinal);

    /// <summary>The windows along rows and columns.</summary>
    protected abstract (Window[] Rows, Window[] Columns) WindowsOf(int height, int width);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        (int channels, int height, int width) = inputs[0].Planes;
        (Window[] rows, Window[] columns) = WindowsOf(height, width);
        return IsPlane ? Shape.Of(channels, rows.Length, columns.Length) : Shape.Of(channels, columns.Length);
    }

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        (int channels, int height, int width) = inputs[0].Shape.Planes;
        (Window[] rows, Window[] columns) = WindowsOf(height, width);
        (int[] Inputs, int Count)[] windows =
        [
            .. from channel in Enumerable.Range(0, channels)
               from row in rows
               from column in columns
               select (
                   Inputs: (from y in Enumerable.Range(row.Start, row.End - row.Start)
                            from x in Enumerable.Range(column.Start, column.End - column.Start)
                            select (((channel * height) + y) * width) + x).ToArray(),
                   Count: row.Count * column.Count),
        ];
        Shape output = OutputOf([inputs[0].Shape]);
        return IsAverage
            ? new LinearLayer(
                output, Kind, windows.SelectMany((window, j) => window.Inputs.Select(i => new Connections(i, j, 1.0 / window.Count))))
            : new WinnerLayer(output, [.. windows.Select(window => window.Inputs)]);
    }
}

/// <summary>Windows that slide.</summary>
internal abstract record SlidingPool(Pair Kernel) : PoolSpec
{
    /// <summary>Random pools of inputs with so many axes.</summary>
    protected static IEnumerable<RandomPart> Random(RandomInput input, int rank, Func<Pair, SlidingPool> create) => input.Shape.Rank != rank
        ? []
        :
        [
            new(
                40,
                from windows in input.Windows(isPool: true)
                from ceilMode in Gen.Bool
                from countPadding in Gen.Bool
                let pool = create(new(windows.H.Kernel, windows.W.Kernel)) with
                {
                    Stride = new(windows.H.Stride, windows.W.Stride),
                    Padding = new(windows.H.Padding, windows.W.Padding),
                    CeilMode = ceilMode,
                }
                select pool is AveragePool average ? (LayerSpec)(average with { CountIncludePad = countPadding }) : pool),

            // One that keeps the shape, as in a branch of an inception block.
            new(0, 14, create(3) with { Stride = 1, Padding = 1 }),
        ];

    /// <summary>Null for the kernel.</summary>
    public Pair? Stride { get; init; }

    public Pair Padding { get; init; }

    public bool CeilMode { get; init; }

    protected virtual bool CountsPadding => false;

    protected override IEnumerable<string> Arguments =>
    [
        .. Kernel.Sizes(IsPlane),
        .. Stride is Pair stride ? stride.Named(nameof(Stride), Kernel, IsPlane) : [],
        .. Padding.Named(nameof(Padding), 0, IsPlane),
        .. Named(nameof(CeilMode), CeilMode, false),
    ];

    protected override (Window[] Rows, Window[] Columns) WindowsOf(int height, int width)
    {
        Pair stride = Stride ?? Kernel;
        Sliding rows = IsPlane ? new(Kernel.H, stride.H, Padding.H, 1) : Sliding.None;
        return (Window.Of(height, rows, CeilMode, CountsPadding), Window.Of(width, new(Kernel.W, stride.W, Padding.W, 1), CeilMode, CountsPadding));
    }
}

/// <summary>The mean of each window.</summary>
internal abstract record AveragePool(Pair Kernel) : SlidingPool(Kernel)
{
    public bool CountIncludePad { get; init; } = true;

    protected override bool CountsPadding => CountIncludePad;

    public override bool KeepsBounds => !CountIncludePad || Padding == default;

    protected override IEnumerable<string> Arguments => [.. base.Arguments, .. Named(nameof(CountIncludePad), CountIncludePad, true)];
}

/// <summary>Windows that give a fixed size.</summary>
internal abstract record AdaptivePool(Pair Size) : PoolSpec
{
    /// <summary>Random pools of inputs with so many axes.</summary>
    protected static IEnumerable<RandomPart> Random(RandomInput input, int rank, Func<Pair, AdaptivePool> create) => input.Shape.Rank != rank
        ? []
        :
        [
            new(
                20,
                from height in rank == 3 ? Gen.Int[1, input.Shape[1] + 1] : Gen.Const(1)
                from width in Gen.Int[1, input.Shape[-1] + 1]
                select (LayerSpec)create(new(height, width))),
        ];

    protected override IEnumerable<string> Arguments => Size.Sizes(IsPlane);

    protected override (Window[] Rows, Window[] Columns) WindowsOf(int height, int width) =>
        (Window.Adaptive(height, IsPlane ? Size.H : 1), Window.Adaptive(width, Size.W));
}

internal sealed record MaxPool1d(Pair Kernel) : SlidingPool(Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 9], new MaxPool1d(3) { Stride = 2, Padding = 1, CeilMode = true })],
        Shapes =
        [
            new("1, 4", "MaxPool1d(2, Stride = 3, CeilMode = true)", "(1, 2)"), // 0–1, 3–4: the second starts at 3, inside
            new("1, 3", "MaxPool1d(2, Stride = 3, CeilMode = true)", "(1, 1)"), // 0–1: another would start at 3, outside
            new("1, 2", "MaxPool1d(3, Stride = 2, CeilMode = true)", "(1, 1)"), // 0–2: longer than the input
        ],
        Faults =
        [
            new(
                "LRP0007",
                "The output of MaxPool1d would be empty: a window spans 4 positions, but there are only 3 with padding (input (1, 3))",
                "[Network(1, 3)] [[|MaxPool1d(4)|]]"),
            new(
                "LRP0052",
                "MaxPool1d must know how long axis 1 of its input (13, ≤ 40) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [Transpose] [[|MaxPool1d(2, CeilMode = true)|]]"),
        ],
        Random = input => Random(input, 2, kernel => new MaxPool1d(kernel)),
    };
}

internal sealed record MaxPool2d(Pair Kernel) : SlidingPool(Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 5, 6], new MaxPool2d(new Pair(3, 2)) { Stride = 1 })],
        Exports =
        [
            new("Padded", [3, 8, 7], new MaxPool2d(new Pair(3, 2)) { Stride = new(2, 1), Padding = 1 }),
            new("Ceil", [3, 8, 7], new MaxPool2d(2) { CeilMode = true }),
        ],
        Shapes =
        [
            new("64, 112, 112", "MaxPool2d(3, Stride = 2, Padding = 1)", "(64, 56, 56)"), // ResNet
            new("64, 112, 112", "MaxPool2d(3, Stride = 2, CeilMode = true)", "(64, 56, 56)"), // GoogLeNet
            new("256, 13, 13", "MaxPool2d(3, Stride = 2)", "(256, 6, 6)"), // AlexNet
            new("3, 5, 7", "MaxPool2d(2)", "(3, 2, 3)"),
            new("3, 5, 7", "MaxPool2d(2, CeilMode = true)", "(3, 3, 4)"),
            new("1, 9, 9", "MaxPool2d(3, 2)", "(1, 3, 4)"),
        ],
        Faults =
        [
            new(
                "LRP0008",
                "Padding of MaxPool2d must be at most 1, half of a window, but is 2",
                "[Network(3, 8, 8)] [MaxPool2d(3, [|Padding = 2|])]"),
            LayerFault.TooLarge("MaxPool2d", "[Network(1, 16384, 16384)] [[|MaxPool2d(2)|]]"),
        ],
        Random = input => Random(input, 3, kernel => new MaxPool2d(kernel)),
    };
}

internal sealed record AvgPool1d(Pair Kernel) : AveragePool(Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 9], new AvgPool1d(4) { Stride = 3, Padding = 2, CountIncludePad = false })],
        Exports = [new("WithPadding", [3, 11], new AvgPool1d(4) { Stride = 3, Padding = 2 })],
        Shapes =
        [
            new("1, 4", "AvgPool1d(2, Stride = 2, Padding = 1, CeilMode = true)", "(1, 3)"), // −1–0, 1–2, 3–4

            // −1–0: another would start at 2, in the padding.
            new("1, 2", "AvgPool1d(2, Stride = 3, Padding = 1, CeilMode = true)", "(1, 1)"),
        ],
        Faults = [],
        Random = input => Random(input, 2, kernel => new AvgPool1d(kernel)),
    };
}

internal sealed record AvgPool2d(Pair Kernel) : AveragePool(Kernel), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 5, 6], new AvgPool2d(3) { Stride = 2, Padding = 1, CeilMode = true })],
        Exports =
        [
            new("WithPadding", [3, 8, 7], new AvgPool2d(3) { Stride = 2, Padding = 1 }),
            new("WithoutPadding", [3, 8, 7], new AvgPool2d(3) { Stride = 2, Padding = 1, CountIncludePad = false }),
            new("Ceil", [3, 8, 7], new AvgPool2d(3) { Padding = 1, CeilMode = true }),
            new("CeilWithoutPadding", [3, 8, 7], new AvgPool2d(3) { Padding = 1, CeilMode = true, CountIncludePad = false }),
        ],
        Shapes = [new("1, 9, 9", "AvgPool2d(3, StrideW = 1)", "(1, 3, 7)")],
        Faults =
        [
            new(
                "LRP0008",
                "PaddingW of AvgPool2d must be at most 0, half of a window, but is 1",
                "[Network(3, 8, 8)] [AvgPool2d(2, 1, [|PaddingW = 1|])]"),
        ],
        Random = input => Random(input, 3, kernel => new AvgPool2d(kernel)),
    };
}

internal sealed record AdaptiveAvgPool1d(Pair Size) : AdaptivePool(Size), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 7], new AdaptiveAvgPool1d(3))],
        Exports = [new("", [3, 11], new AdaptiveAvgPool1d(4)), new("Global", [3, 11], new AdaptiveAvgPool1d(1))],
        Shapes = [new("3, 7", "AdaptiveAvgPool1d(9)", "(3, 9)")],
        Faults = [new("LRP0008", "outputSize of AdaptiveAvgPool1d must be at least 1, but is 0", "[Network(3, 8)] [AdaptiveAvgPool1d([|0|])]")],
        Random = input => Random(input, 2, size => new AdaptiveAvgPool1d(size)),
    };
}

internal sealed record AdaptiveAvgPool2d(Pair Size) : AdaptivePool(Size), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 5, 4], new AdaptiveAvgPool2d(new Pair(3, 2)))],
        Exports =
        [
            new("Global", [3, 8, 7], new AdaptiveAvgPool2d(1)),
            new("Divisible", [3, 8, 7], new AdaptiveAvgPool2d(new Pair(4, 7))) { ComesBack = false },
            new("Larger", [3, 8, 7], new AdaptiveAvgPool2d(new Pair(3, 9))),
        ],
        Shapes = [new("3, 7, 5", "AdaptiveAvgPool2d(2, 4)", "(3, 2, 4)"), new("3, 7, 5", "AdaptiveAvgPool2d(1)", "(3, 1, 1)")],
        Faults = [LayerFault.TooLarge("AdaptiveAvgPool2d", "[Network(3, 8, 8)] [[|AdaptiveAvgPool2d(536870912)|]]")],
        Random = input => Random(input, 3, size => new AdaptiveAvgPool2d(size)),
    };
}

/// <summary>ONNX has no maximum of windows that differ in size.</summary>
internal sealed record AdaptiveMaxPool1d(Pair Size) : AdaptivePool(Size), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 7], new AdaptiveMaxPool1d(3))],
        Exports = [new("Global", [3, 4], new AdaptiveMaxPool1d(1))],
        IsExported = false,
        Shapes = [new("3, 7", "AdaptiveMaxPool1d(9)", "(3, 9)")],
        Faults = [],
        Random = input => Random(input, 2, size => new AdaptiveMaxPool1d(size)),
    };
}

/// <summary>ONNX has no maximum of windows that differ in size.</summary>
internal sealed record AdaptiveMaxPool2d(Pair Size) : AdaptivePool(Size), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [2, 5, 4], new AdaptiveMaxPool2d(new Pair(3, 2)))],
        Exports = [new("Global", [3, 4, 5], new AdaptiveMaxPool2d(1))],
        IsExported = false,
        Shapes = [new("3, 7, 5", "AdaptiveMaxPool2d(2, 4)", "(3, 2, 4)")],
        Faults = [],
        Random = input => Random(input, 3, size => new AdaptiveMaxPool2d(size)),
    };
}
