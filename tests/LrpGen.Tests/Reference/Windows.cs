namespace LrpGen.Tests.Reference;

/// <summary>What a pool sees along one axis: inputs from Start to End, without End, and the number that an average counts them as.</summary>
internal readonly record struct Window(int Start, int End, int Count)
{
    /// <summary>Windows of n inputs, as PyTorch places them.</summary>
    public static Window[] Of(int n, int kernel, int stride, int padding, bool ceilMode, bool countPadding) =>
        [.. Enumerable.Range(0, Outputs(n, kernel, stride, padding, 1, ceilMode)).Select(k =>
        {
            int start = (k * stride) - padding;
            int end = start + kernel;
            (int from, int to) = (Math.Max(start, 0), Math.Min(end, n));
            return new Window(from, to, countPadding ? Math.Min(end, n + padding) - start : to - from);
        })];

    /// <summary>The windows ⌊k·n/m⌋ … ⌈(k+1)·n/m⌉ of an adaptive pool.</summary>
    public static Window[] Adaptive(int n, int m) =>
        [.. Enumerable.Range(0, m).Select(k =>
        {
            int start = k * n / m;
            int end = (((k + 1) * n) + m - 1) / m;
            return new Window(start, end, end - start);
        })];

    /// <summary>Number of windows; in ceil mode the last one must start within the input or the padding before it.</summary>
    public static int Outputs(int n, int kernel, int stride, int padding, int dilation, bool ceilMode)
    {
        int last = n + (2 * padding) - (dilation * (kernel - 1)) - 1;
        int outputs = ((last + (ceilMode ? stride - 1 : 0)) / stride) + 1;
        return ceilMode && (outputs - 1) * stride >= n + padding ? outputs - 1 : outputs;
    }
}
