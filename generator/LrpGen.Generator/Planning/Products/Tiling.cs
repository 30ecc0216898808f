namespace LrpGen.Generator.Planning;

/// <summary>How the runtime's <c>Winograd</c> computes a 3×3 convolution, forward or transposed: in tiles of 4×4 outputs.</summary>
/// <param name="Inputs">Channels that an output sums over.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Top">Rows of zeros above the input.</param>
/// <param name="Left">Columns of zeros before the input.</param>
internal sealed record Tiling(int Inputs, int Outputs, int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int Top, int Left)
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Size = 4;

    /// <summary>Products of a tile for each pair of channels.</summary>
    public const int Positions = 36;

    /// <summary>Tiles that share the read of a weight; a tile of sums has that many.</summary>
    public const int Group = 6;

    /// <summary>
    /// Tiles that are transformed, multiplied and transformed back together: enough to read the weights seldom, few enough for the
    /// transformed tiles to stay in the cache.
    /// </summary>
    private const int Block = 8 * Group;

    /// <summary>Tiles in a row of tiles.</summary>
    public int Across => (OutputWidth + Size - 1) / Size;

    /// <summary>Tiles of the whole output.</summary>
    public int Count => (OutputHeight + Size - 1) / Size * Across;

    /// <summary>Tiles for which there is room in memory: a block of them, or all if they are hardly more.</summary>
    public int Capacity => Count <= Block + Group ? (Count + Group - 1) / Group * Group : Block;

    public static Tiling Of(Windowed form, bool transposed)
    {
        Axis rows = form.Rows;
        Axis columns = form.Columns;
        return transposed
            ? new Tiling(
                form.Outputs,
                form.Inputs,
                rows.Output,
                columns.Output,
                rows.Input,
                columns.Input,
                rows.Kernel - 1 - rows.Padding,
                columns.Kernel - 1 - columns.Padding)
            : new Tiling(
                form.Inputs, form.Outputs, rows.Input, columns.Input, rows.Output, columns.Output, rows.Padding, columns.Padding);
    }

    /// <summary>
    /// Whether tiles cost less than the definition. With few channels the transforms outweigh what is saved, and on small images tiles
    /// reach far over the edge, while their weights, four times as many, are read for few pixels.
    /// </summary>
    public static bool Pays(Windowed form)
    {
        const int FewChannels = 32;
        const int SmallSide = 12;

        // Transformed weights are one array.
        const int MostWeights = 1 << 30;
        static bool fits(Axis axis) => axis is { Kernel: 3, Stride: 1, Dilation: 1, Padding: <= 2, Output: >= SmallSide };
        return form.Groups == 1
            && fits(form.Rows)
            && fits(form.Columns)
            && Math.Min(form.Inputs, form.Outputs) >= FewChannels
            && (long)Positions * Simd.RoundUp(form.Inputs) * Simd.RoundUp(form.Outputs) <= MostWeights;
    }
}
