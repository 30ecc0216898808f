using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the transposed product of a convolution that reads few channels, such as a network's first: vectors run over the channels that are
/// summed, and are added up at the end. Rows are shared out among the members of a team.
/// </summary>
internal sealed class NarrowCorrelationEmitter(CodeWriter writer, Correlation shape, int inputPitch, int outputPitch, SumStart start)
{
    private readonly Loops loops = new(writer, unroll: false);

    private int Summed => Simd.RoundUp(shape.Inputs);

    public void Emit()
    {
        foreach (Phase rows in shape.RowPhases)
        {
            foreach (Phase columns in shape.ColumnPhases)
            {
                using (writer.Scope())
                {
                    writer.Line($"(int first, int end) = part.Of({rows.Count});");
                    using (writer.Block("for (int y = first; y < end; y++)"))
                    {
                        loops.Chunks(
                            "x",
                            columns.Count,
                            RegisterTile.Accumulators / shape.Outputs,
                            (x, pixels) => Tile(rows, columns, Offset.Variable("y"), x, pixels));
                    }
                }
            }
        }
    }

    private void Tile(Phase rows, Phase columns, Offset y, Offset x, int pixels)
    {
        Each(pixels, sum => writer.Line($"TVector {sum} = default;"));
        Offset row = (y * rows.InputStep) + rows.InputStart;
        Offset column = (x * columns.InputStep) + columns.InputStart;
        Offset firstInput = ((row * shape.PaddedWidth) + column) * inputPitch;
        loops.For("ky", rows.Taps, ky => loops.For("kx", columns.Taps, kx =>
        {
            Offset tapInput = firstInput + (((ky * (rows.InputTapStep * shape.PaddedWidth)) + (kx * columns.InputTapStep)) * inputPitch);
            Offset kernel = (((ky * rows.KernelStep) + rows.KernelStart) * shape.KernelWidth) + (kx * columns.KernelStep) + columns.KernelStart;
            writer.Line($"ref float tap = {Reference.To("sOrigin", tapInput)};");
            writer.Line($"ref float weights = {Reference.To("wOrigin", kernel * ((long)shape.Outputs * Summed))};");
            using (writer.Block($"for (int j = 0; j < {Summed}; j += TSimd.Count)"))
            {
                MultiplyAdd(Offset.Variable("j"), columns.InputStep * (long)inputPitch, pixels);
            }
        }));
        Offset outputRow = (y * rows.Step) + rows.Start;
        Offset outputColumn = (x * columns.Step) + columns.Start;
        writer.Line($"ref float cHere = {Reference.To("cOrigin", ((outputRow * shape.OutputWidth) + outputColumn) * outputPitch)};");
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            string[] sums = [.. Enumerable.Range(0, outputPitch).Select(i => i < shape.Outputs ? $"TSimd.Sum(c{pixel}{i})" : "0f")];
            string to = Reference.To("cHere", pixel * (long)columns.Step * outputPitch);
            string total = $"Vector128.Create({string.Join(", ", sums)})";
            writer.Line($"{(start == SumStart.Present ? $"({total} + Vector128.LoadUnsafe({to}))" : total)}.StoreUnsafe({to});");
        }
    }

    private void MultiplyAdd(Offset j, long inputDistance, int pixels)
    {
        for (int i = 0; i < shape.Outputs; i++)
        {
            writer.Line($"TVector w{i} = TSimd.Load({Reference.To("weights", j + (i * (long)Summed))});");
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            writer.Line($"TVector s{pixel} = TSimd.Load({Reference.To("tap", j + (pixel * inputDistance))});");
            for (int i = 0; i < shape.Outputs; i++)
            {
                writer.Line($"c{pixel}{i} = TSimd.MultiplyAdd(s{pixel}, w{i}, c{pixel}{i});");
            }
        }
    }

    private void Each(int pixels, Action<string> action)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int i = 0; i < shape.Outputs; i++)
            {
                action($"c{pixel}{i}");
            }
        }
    }
}
