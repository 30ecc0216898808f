namespace LrpGen.Generator.Planning;

/// <summary>
/// The product of a convolution, forward or transposed: out[y, x, j] = Σ_ky Σ_kx Σ_i in[y′, x′, i] · w[ky, kx, i, j].
/// The transposed product of a strided convolution falls into phases: pixels that meet the same taps.
/// </summary>
/// <param name="Depthwise">Whether output j sums over input j only.</param>
/// <param name="Inputs">Channels that an output sums over.</param>
/// <param name="Outputs">Output channels of a group.</param>
/// <param name="Margins">Zeros that the input needs around it.</param>
/// <param name="Varies">Whether calls choose how many columns there are; all counts are those of the most.</param>
internal sealed record Correlation(
    int Groups,
    bool Depthwise,
    int Inputs,
    int Outputs,
    int KernelHeight,
    int KernelWidth,
    int InputHeight,
    int InputWidth,
    int OutputHeight,
    int OutputWidth,
    Margins Margins,
    IReadOnlyList<Phase> RowPhases,
    IReadOnlyList<Phase> ColumnPhases,
    bool Varies)
{
    public int PaddedHeight => InputHeight + Margins.Top + Margins.Bottom;

    public int PaddedWidth => InputWidth + Margins.Left + Margins.Right;

    /// <summary>Lanes of a pixel that vectors fill, from the first channel of each group on.</summary>
    public int WrittenLanes => Depthwise ? Simd.RoundUp(Groups) : ((Groups - 1) * Outputs) + Simd.RoundUp(Outputs);

    /// <summary>Multiply-adds of one product.</summary>
    public long MultiplyAdds => (long)Groups * Outputs * Inputs * RowPhases.Sum(phase => phase.Products) * ColumnPhases.Sum(phase => phase.Products);

    public static Correlation Forward(Windowed form)
    {
        (Axis rows, Axis columns) = Axes(form);
        return new Correlation(
            form.Groups,
            form.IsDepthwise,
            form.InputsPerGroup,
            form.OutputsPerGroup,
            rows.Kernel,
            columns.Kernel,
            rows.Input,
            columns.Input,
            rows.Output,
            columns.Output,
            new Margins(rows.Padding, columns.Padding, rows.Padding, columns.Padding),
            [Phase.Forward(rows)],
            [Phase.Forward(columns)],
            form.Varies);
    }

    public static Correlation Transposed(Windowed form)
    {
        (Axis alongRows, Axis alongColumns) = Axes(form);
        (int top, int bottom, IReadOnlyList<Phase> rows) = Phase.Transposed(alongRows);
        (int left, int right, IReadOnlyList<Phase> columns) = Phase.Transposed(alongColumns);
        if (form.Varies)
        {
            // Of lengths that differ by less than a stride, some have one window less.
            right = alongColumns.Shortened().Select(axis => Phase.Transposed(axis).After).Max();
        }

        return new Correlation(
            form.Groups,
            form.IsDepthwise,
            form.OutputsPerGroup,
            form.InputsPerGroup,
            alongRows.Kernel,
            alongColumns.Kernel,
            alongRows.Output,
            alongColumns.Output,
            alongRows.Input,
            alongColumns.Input,
            new Margins(top, left, bottom, right),
            rows,
            columns,
            form.Varies);
    }

    // The pixels of a 1×1 convolution are one after another, and lie in rows that fill tiles better than those of a small image.
    private static (Axis Rows, Axis Columns) Axes(Windowed form)
    {
        const int LongRow = 98;
        (Axis rows, Axis columns) = (form.Rows, form.Columns);
        if (form.Varies || !IsPointwise(rows) || !IsPointwise(columns) || columns.Input >= LongRow)
        {
            return (rows, columns);
        }

        int pixels = rows.Input * columns.Input;
        int width = Enumerable.Range(columns.Input, LongRow - columns.Input + 1).Last(length => pixels % length == 0);
        return (Along(pixels / width), Along(width));

        // The mirror of a transposed convolution with output padding leaves positions of its input out.
        static bool IsPointwise(Axis axis) => axis is { Kernel: 1, Stride: 1, Padding: 0 } && axis.Input == axis.Output;

        static Axis Along(int count) => Axis.None with { Input = count, Output = count };
    }
}

/// <summary>
/// Output positions Start + u·Step, u &lt; Count, along one axis. Tap m of output u reads position
/// InputStart + u·InputStep + m·InputTapStep of the padded input, and position KernelStart + m·KernelStep of the kernel.
/// </summary>
internal sealed record Phase(
    int Start, int Step, int Count, int InputStart, int InputStep, int Taps, int InputTapStep, int KernelStart, int KernelStep)
{
    /// <summary>Pairs of an output and a tap.</summary>
    public long Products => (long)Count * Taps;

    public static Phase Forward(Axis axis) => new(0, 1, axis.Output, 0, axis.Stride, axis.Kernel, axis.Dilation, 0, 1);

    /// <summary>
    /// Input position y = u·stride + r meets kernel position k at output (y + padding − k·dilation) / stride, where that
    /// divides: for each r, every (stride / gcd(stride, dilation))-th k.
    /// </summary>
    public static (int Before, int After, IReadOnlyList<Phase> Phases) Transposed(Axis axis)
    {
        int common = GreatestCommonDivisor(axis.Stride, axis.Dilation);
        int kernelStep = axis.Stride / common;
        int tapStep = axis.Dilation / common;
        List<Phase> phases = [];
        for (int r = 0; r < Math.Min(axis.Stride, axis.Input); r++)
        {
            int count = ((axis.Input - 1 - r) / axis.Stride) + 1;
            int first = Enumerable.Range(0, Math.Min(kernelStep, axis.Kernel)).Where(k => Divides(r, k)).DefaultIfEmpty(-1).First();
            int taps = first < 0 ? 0 : ((axis.Kernel - 1 - first) / kernelStep) + 1;
            int start = taps == 0 ? 0 : (r + axis.Padding - (first * axis.Dilation)) / axis.Stride;
            phases.Add(new Phase(r, axis.Stride, count, start, 1, taps, -tapStep, Math.Max(first, 0), kernelStep));
        }

        IEnumerable<Phase> reading = phases.Where(phase => phase.Taps > 0);
        int before = reading.Select(phase => -(phase.InputStart - ((phase.Taps - 1) * tapStep))).Append(0).Max();
        int after = reading.Select(phase => phase.InputStart + phase.Count - axis.Output).Append(0).Max();
        return (before, after, [.. phases.Select(phase => phase with { InputStart = phase.InputStart + before })]);

        bool Divides(int r, int k) => (r + axis.Padding - (k * axis.Dilation)) % axis.Stride == 0;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
