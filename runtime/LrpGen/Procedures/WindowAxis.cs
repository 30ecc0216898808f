namespace LrpGen.Execution;

/// <summary>Windows along one direction of the input: one at every multiple of the stride, the last at the edge.</summary>
/// <param name="extent">Of the input.</param>
/// <param name="window">Of a window, before it is cut to the input's.</param>
/// <param name="stride">From one window to the next.</param>
internal readonly struct WindowAxis(int extent, int window, int stride)
{
    private readonly int lastStart = Math.Max(0, extent - window);

    /// <summary>Extent of every window.</summary>
    public int Size => Math.Min(window, extent);

    /// <summary>Number of windows.</summary>
    public int Windows => ((lastStart + stride - 1) / stride) + 1;

    /// <summary>Where a window begins.</summary>
    public int Start(int number) => Math.Min(number * stride, lastStart);
}
