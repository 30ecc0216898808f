namespace LrpGen.Onnx.Import;

/// <summary>The windows of a convolution or a pool along one axis.</summary>
/// <param name="Input">Length of the input.</param>
/// <param name="Kernel">Taps of a window.</param>
/// <param name="Stride">Distance of neighbouring windows.</param>
/// <param name="Dilation">Distance of neighbouring taps.</param>
/// <param name="Begin">Positions added before the input.</param>
/// <param name="End">Positions added after it.</param>
/// <param name="CeilMode">Whether a last window that reaches over the end counts.</param>
internal readonly record struct Window(int Input, int Kernel, int Stride, int Dilation, int Begin, int End, bool CeilMode)
{
    /// <summary>Positions that a window spans.</summary>
    public long Span => ((Kernel - 1L) * Dilation) + 1;

    /// <summary>Number of windows; 0 or less if none fits.</summary>
    public long Count
    {
        get
        {
            long room = (long)Input + Begin + End - Span;
            long count = (long)Math.Floor((room + (CeilMode ? Stride - 1.0 : 0)) / Stride) + 1;
            return CeilMode && (count - 1) * Stride >= (long)Input + Begin ? count - 1 : count;
        }
    }

    /// <summary>Where the last window ends, counted from the first position of the input.</summary>
    public long LastEnd => ((Count - 1) * Stride) + Span - Begin;

    /// <summary>Padding on both sides by what is before the input, as PyTorch pads.</summary>
    public Window Symmetric(bool ceilMode) => this with { End = Begin, CeilMode = ceilMode };

    /// <summary>The windows of a node along all axes, with the padding before it and its own.</summary>
    /// <exception cref="UnsupportedException">They make no sense, or none fits.</exception>
    public static Window[] Read(Call call, IReadOnlyList<int> inputs, IReadOnlyList<int> kernel, IReadOnlyList<(int Begin, int End)> padding)
    {
        Node node = call.Node;
        int rank = inputs.Count;
        int[] ones = [.. Enumerable.Repeat(1, rank)];
        int[] strides = node.Integers("strides") ?? ones;
        int[] dilations = node.Integers("dilations") ?? ones;
        int[] pads = node.Integers("pads") ?? new int[2 * rank];
        string autoPad = node.Text("auto_pad", "NOTSET");
        if (rank is < 1 or > 2 || kernel.Count != rank || strides.Length != rank || dilations.Length != rank || pads.Length != 2 * rank)
        {
            throw node.Unsupported($"its attributes are not for {rank} spatial axes, of which one or two are supported");
        }

        if (kernel.Concat(strides).Concat(dilations).Any(value => value < 1) || pads.Any(value => value < 0))
        {
            throw node.Unsupported("a size, stride, dilation or padding is out of range");
        }

        Window[] windows = new Window[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            Window window = new(
                inputs[axis],
                kernel[axis],
                strides[axis],
                dilations[axis],
                padding[axis].Begin,
                padding[axis].End,
                node.Integer("ceil_mode", 0) == 1);
            (int begin, int end) = autoPad switch
            {
                "NOTSET" => (pads[axis], pads[axis + rank]),
                "VALID" => (0, 0),
                "SAME_UPPER" => Same(window, more: false),
                "SAME_LOWER" => Same(window, more: true),
                _ => throw node.Unsupported($"auto_pad {autoPad} is unknown"),
            };
            windows[axis] = window with { Begin = checked(window.Begin + begin), End = checked(window.End + end) };
            if (windows[axis].Count is < 1 or > int.MaxValue)
            {
                throw node.Unsupported($"no window of {kernel[axis]} fits an input of {inputs[axis]}");
            }
        }

        return windows;
    }

    /// <summary>Padding for ⌈input / stride⌉ windows, the odd one at the end or else before.</summary>
    private static (int Begin, int End) Same(Window window, bool more)
    {
        long input = (long)window.Input + window.Begin + window.End;
        long outputs = (input + window.Stride - 1) / window.Stride;
        int total = (int)Math.Max(0, ((outputs - 1) * window.Stride) + window.Span - input);
        int begin = (total + (more ? 1 : 0)) / 2;
        return (begin, total - begin);
    }
}
