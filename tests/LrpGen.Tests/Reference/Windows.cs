namespace LrpGen.Tests.Reference;

/// <summary>An argument for rows and columns. A layer over signals (C, L) has columns only.</summary>
internal readonly record struct Pair(int H, int W)
{
    public static implicit operator Pair(int both) => new(both, both);

    /// <summary>As a named argument of a declaration: one number, or one for each direction.</summary>
    /// <param name="otherwise">The argument's default.</param>
    /// <param name="isPlane">Whether the layer has rows.</param>
    public IEnumerable<string> Named(string name, Pair otherwise, bool isPlane) =>
        isPlane ? this == otherwise ? [] : H == W ? [$"{name} = {W}"] : [$"{name}H = {H}", $"{name}W = {W}"]
        : W == otherwise.W ? []
        : [$"{name} = {W}"];

    /// <summary>As arguments of a constructor.</summary>
    public IEnumerable<string> Sizes(bool isPlane) => isPlane && H != W ? [LayerSpec.Text(H), LayerSpec.Text(W)] : [LayerSpec.Text(W)];
}

/// <summary>What slides along one axis, from window to window.</summary>
internal readonly record struct Sliding(int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>What changes nothing: the rows of a signal.</summary>
    public static Sliding None { get; } = new(1, 1, 0, 1);

    /// <summary>The position that a window's tap sees, which may lie in the padding.</summary>
    public int PositionOf(int window, int tap) => (window * Stride) - Padding + (tap * Dilation);

    /// <summary>Those of some windows whose tap sees one of n positions, not the padding: from First to End, without End.</summary>
    public (int First, int End) Seeing(int n, int tap, int windows)
    {
        int position = PositionOf(0, tap);
        return (Math.Max(Stride - 1 - position, 0) / Stride, Math.Min((n - position + Stride - 1) / Stride, windows));
    }

    /// <summary>Number of windows over n positions; in ceil mode the last one must start within the input or the padding before it.</summary>
    public int Windows(int n, bool ceilMode = false)
    {
        int last = n + (2 * Padding) - (Dilation * (Kernel - 1)) - 1 + (ceilMode ? Stride - 1 : 0);
        int windows = last < 0 ? 0 : (last / Stride) + 1;
        return ceilMode && (windows - 1) * Stride >= n + Padding ? windows - 1 : windows;
    }

    /// <summary>Positions to which n windows belong if none overhangs, and more behind them: the outputs of a transposed convolution.</summary>
    public int Span(int n, int more) => ((n - 1) * Stride) - (2 * Padding) + (Dilation * (Kernel - 1)) + more + 1;
}

/// <summary>What a pool sees along one axis: inputs from Start to End, without End, and the number that an average counts them as.</summary>
internal readonly record struct Window(int Start, int End, int Count)
{
    /// <summary>Windows of n inputs, as PyTorch places them.</summary>
    public static Window[] Of(int n, Sliding sliding, bool ceilMode, bool countPadding) =>
        [.. Enumerable.Range(0, sliding.Windows(n, ceilMode)).Select(k =>
        {
            int start = sliding.PositionOf(k, 0);
            int end = start + sliding.Kernel;
            (int from, int to) = (Math.Max(start, 0), Math.Min(end, n));
            return new Window(from, to, countPadding ? Math.Min(end, n + sliding.Padding) - start : to - from);
        })];

    /// <summary>The windows ⌊k·n/m⌋ … ⌈(k+1)·n/m⌉ of an adaptive pool.</summary>
    public static Window[] Adaptive(int n, int m) =>
        [.. Enumerable.Range(0, m).Select(k =>
        {
            int start = k * n / m;
            int end = (((k + 1) * n) + m - 1) / m;
            return new Window(start, end, end - start);
        })];
}
