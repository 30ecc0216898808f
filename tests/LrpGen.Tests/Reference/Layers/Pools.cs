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
    protected override IEnumerable<string> Arguments => Size.Sizes(IsPlane);

    protected override (Window[] Rows, Window[] Columns) WindowsOf(int height, int width) =>
        (Window.Adaptive(height, IsPlane ? Size.H : 1), Window.Adaptive(width, Size.W));
}

internal sealed record MaxPool1d(Pair Kernel) : SlidingPool(Kernel);

internal sealed record MaxPool2d(Pair Kernel) : SlidingPool(Kernel);

internal sealed record AvgPool1d(Pair Kernel) : AveragePool(Kernel);

internal sealed record AvgPool2d(Pair Kernel) : AveragePool(Kernel);

internal sealed record AdaptiveAvgPool1d(Pair Size) : AdaptivePool(Size);

internal sealed record AdaptiveAvgPool2d(Pair Size) : AdaptivePool(Size);

internal sealed record AdaptiveMaxPool1d(Pair Size) : AdaptivePool(Size);

internal sealed record AdaptiveMaxPool2d(Pair Size) : AdaptivePool(Size);
