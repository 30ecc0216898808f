using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the product of a convolution, forward or transposed, for vectors of any width. A tile of pixels × output channels stays in
/// registers while the loops run over the kernel and the input channels: each weight vector read serves all pixels of the tile, each
/// input all channels. Rows, and blocks of output channels where groups do not forbid it, are shared out among the members of a team.
/// </summary>
/// <param name="input">Symbol of the input: <c>a</c>, or <c>s</c> for a transposed product.</param>
/// <param name="output">Symbol of the sums: <c>z</c>, or <c>c</c>.</param>
/// <param name="result">Symbol of what they become.</param>
internal sealed class CorrelationEmitter(
    CodeWriter writer, Correlation shape, int inputPitch, int outputPitch, Sums sums, string input, string output, string result)
{
    /// <summary>Input channels so few that a loop over them would cost more than it repeats.</summary>
    private const int FewInputs = 4;

    /// <summary>Name of the number of columns, where calls choose it.</summary>
    private const string Columns = "columns";

    private readonly Loops loops = new(writer, unroll: false);
    private readonly Loops unrolled = new(writer, unroll: true);

    private int Channels => Simd.RoundUp(shape.Outputs);

    private int WeightsPerOutput => shape.KernelHeight * shape.KernelWidth * shape.Inputs;

    private string Blocks => RegisterTile.Blocks(Channels);

    public void Emit()
    {
        if (shape.Varies)
        {
            writer.Line($"int {Columns} = {result}.Length / {outputPitch};");
        }

        if (!shape.Depthwise)
        {
            writer.Line("int width = 2 * TSimd.Count;");
        }

        foreach (Phase rows in shape.RowPhases)
        {
            foreach (Phase columns in shape.ColumnPhases)
            {
                using (writer.Scope())
                {
                    Emit(rows, columns);
                }
            }
        }
    }

    private void Emit(Phase rows, Phase columns)
    {
        if (shape.Depthwise)
        {
            Share($"{rows.Count}", "y", y =>
            {
                using (writer.Block($"for (int channel = 0; channel < {Simd.RoundUp(shape.Groups)}; channel += TSimd.Count)"))
                {
                    Tiles(rows, columns, Offset.Variable("channel"), 0, 1, y);
                }
            });
        }
        else if (shape.Groups > 1)
        {
            // The last vector of a group reaches into the next, which must be written after it.
            Share($"{rows.Count}", "y", y => loops.For("group", shape.Groups, group =>
            {
                using (writer.Block($"for (int block = 0; block < {Blocks}; block++)"))
                {
                    Block(rows, columns, group, y);
                }
            }));
        }
        else if (rows.Count == 1)
        {
            Share(Blocks, "block", _ => Block(rows, columns, 0, 0));
        }
        else
        {
            Share($"{Blocks} * {rows.Count}", "unit", unit =>
            {
                writer.Line($"int block = {unit} / {rows.Count};");
                writer.Line($"int y = {unit} % {rows.Count};");
                Block(rows, columns, 0, Offset.Variable("y"));
            });
        }
    }

    private void Share(string units, string variable, Action<Offset> body)
    {
        writer.Line($"(int first, int end) = part.Of({units});");
        using (writer.Block($"for (int {variable} = first; {variable} < end; {variable}++)"))
        {
            body(Offset.Variable(variable));
        }
    }

    private void Block(Phase rows, Phase columns, Offset group, Offset y) => RegisterTile.InBlock(
        writer, Channels, vectors => Tiles(rows, columns, group, Offset.Variable("block * width"), vectors, y));

    // Tiles of equal width, and a narrower one at the end of a row.
    private void Tiles(Phase rows, Phase columns, Offset group, Offset block, int vectors, Offset y)
    {
        int widest = RegisterTile.Accumulators / vectors;
        if (shape.Varies)
        {
            // As many columns as lie in steps from the phase's first on.
            string count = columns.Step == 1 ? Columns : $"({Columns} + {columns.Step - 1 - columns.Start}) / {columns.Step}";
            loops.Chunks("x", count, widest, (x, width) => Tile(rows, columns, group, block, vectors, y, x, width));
            return;
        }

        int tiles = (columns.Count + widest - 1) / widest;
        int pixels = (columns.Count + tiles - 1) / tiles;
        loops.Chunks("x", columns.Count, pixels, (x, width) => Tile(rows, columns, group, block, vectors, y, x, width));
    }

    private void Tile(Phase rows, Phase columns, Offset group, Offset block, int vectors, Offset y, Offset x, int pixels)
    {
        Offset firstChannel = (group * (shape.Depthwise ? 1 : shape.Outputs)) + block;
        Offset row = (y * rows.Step) + rows.Start;
        Offset column = (x * columns.Step) + columns.Start;
        Offset firstOutput = (((row * shape.OutputWidth) + column) * outputPitch) + firstChannel;
        sums.Locate(firstOutput);
        // The few taps of a depthwise convolution leave no time for it.
        if (!shape.Depthwise)
        {
            sums.Prefetch(pixels, (long)columns.Step * outputPitch, RegisterTile.Width(vectors));
        }

        RegisterTile tile = new(writer, input, output, pixels, vectors);
        tile.Each((sum, pixel, vector) =>
            writer.Line($"TVector {sum} = {sums.First(At(pixel, vector), (firstChannel + RegisterTile.VectorAt(vector)).ToString())};"));
        Taps(rows, columns, group, block, vectors, y, x, tile);
        tile.Each((sum, pixel, vector) => sums.Store(sum, At(pixel, vector)));

        string At(int pixel, int vector) => ((pixel * (long)columns.Step * outputPitch) + RegisterTile.VectorAt(vector)).ToString();
    }

    private void Taps(Phase rows, Phase columns, Offset group, Offset block, int vectors, Offset y, Offset x, RegisterTile tile)
    {
        int inputs = shape.Depthwise ? 1 : shape.Inputs;
        Offset row = (y * rows.InputStep) + rows.InputStart;
        Offset column = (x * columns.InputStep) + columns.InputStart;
        Offset firstInput = (((row * shape.PaddedWidth) + column) * inputPitch) + (group * inputs);
        Loops alongColumns = inputs == 1 ? unrolled : loops;
        loops.For("ky", rows.Taps, ky => alongColumns.For("kx", columns.Taps, 1, true, kx =>
        {
            Offset tapInput = firstInput + (((ky * (rows.InputTapStep * shape.PaddedWidth)) + (kx * columns.InputTapStep)) * inputPitch);
            Offset kernelRow = (ky * rows.KernelStep) + rows.KernelStart;
            Offset kernel = ((kernelRow * shape.KernelWidth) + (kx * columns.KernelStep) + columns.KernelStart) * inputs;
            writer.Line($"ref float tap = {Reference.To(input + "Origin", tapInput)};");
            writer.Line($"ref float weights = {Reference.At("wOrigin", WeightAt(kernel, group, block, vectors))};");
            (inputs <= FewInputs ? unrolled : loops).For("i", inputs, 1, true, i =>
            {
                Offset weight = shape.Depthwise ? 0 : i.Times(RegisterTile.Width(vectors));
                tile.MultiplyAdd(i, weight, (long)columns.InputStep * inputPitch, broadcast: !shape.Depthwise);
            });
        }));
    }

    private string WeightAt(Offset kernel, Offset group, Offset block, int vectors)
    {
        if (shape.Depthwise)
        {
            return ((kernel * Simd.RoundUp(shape.Groups)) + group).ToString();
        }

        Offset ofBlock = (group * ((long)WeightsPerOutput * Channels)) + (block * WeightsPerOutput);
        string ofTap = kernel.ToString();
        return ofTap == "0" ? ofBlock.ToString() : $"{ofBlock} + ({ofTap}) * {RegisterTile.Width(vectors)}";
    }
}
