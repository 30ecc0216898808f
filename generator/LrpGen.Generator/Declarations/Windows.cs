namespace LrpGen.Generator.Declarations;

/// <summary>PyTorch's arithmetic of windows along one axis.</summary>
internal static class Windows
{
    /// <summary>Number of windows of a convolution or a pool; 0 or less if none fits.</summary>
    /// <param name="ceilMode">Whether a last window that reaches over the end counts; it must start in the input or the padding before it.</param>
    public static long Count(long input, long kernel, long stride, long padding, long dilation, bool ceilMode)
    {
        long span = (dilation * (kernel - 1)) + 1;
        long room = input + (2 * padding) - span;
        long count = FloorDivide(room + (ceilMode ? stride - 1 : 0), stride) + 1;
        return ceilMode && (count - 1) * stride >= input + padding ? count - 1 : count;
    }

    /// <summary>At most so many positions has the input, or for the transposed product the output, with its padding.</summary>
    public static long Extent(Axis axis) =>
        Math.Max(axis.Input + (2L * axis.Padding), ((axis.Output - 1L) * axis.Stride) + axis.Span) + axis.Span - 1;

    private static long FloorDivide(long dividend, long divisor) =>
        dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor);
}
