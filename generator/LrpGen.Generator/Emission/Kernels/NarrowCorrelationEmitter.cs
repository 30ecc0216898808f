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
        foreach (PhaseRun rows in PhaseRun.Of(shape.RowPhases))
        {
            foreach (PhaseRun columns in PhaseRun.Of(shape.ColumnPhases))
            {
                loops.For("row", rows.Length, row => loops.For("column", columns.Length, column => Emit(rows, row, columns, column)));
            }
        }
    }

    private void Emit(PhaseRun rows, Offset row, PhaseRun columns, Offset column)
    {
        using (writer.Scope())
        {
            writer.Line($"(int first, int end) = part.Of({rows.First.Count});");
            using (writer.Block("for (int y = first; y < end; y++)"))
            {
                loops.Chunks(
                    "x",
                    columns.First.Count,
                    RegisterTile.Accumulators / shape.Outputs,
                    (x, pixels) => Tile(Begin.Of(rows, row, Offset.Variable("y")), Begin.Of(columns, column, x), pixels));
            }
        }
    }

    private void Tile(Begin y, Begin x, int pixels)
    {
        (Phase rows, Phase columns) = (y.Phase, x.Phase);
        Each(pixels, sum => writer.Line($"TVector {sum} = default;"));
        Offset firstInput = ((y.Input * shape.PaddedWidth) + x.Input) * inputPitch;
        loops.For("ky", rows.Taps, ky => loops.For("kx", columns.Taps, kx =>
        {
            Offset tapInput = firstInput + (((ky * (rows.InputTapStep * shape.PaddedWidth)) + (kx * columns.InputTapStep)) * inputPitch);
            Offset kernel = (((ky * rows.KernelStep) + y.Kernel) * shape.KernelWidth) + (kx * columns.KernelStep) + x.Kernel;
            writer.Line($"ref float tap = {Reference.To("sOrigin", tapInput)};");
            writer.Line($"ref float weights = {Reference.To("wOrigin", kernel * ((long)shape.Outputs * Summed))};");
            using (writer.Block($"for (int j = 0; j < {Summed}; j += TSimd.Count)"))
            {
                MultiplyAdd(Offset.Variable("j"), columns.InputStep * (long)inputPitch, pixels);
            }
        }));
        writer.Line($"ref float cHere = {Reference.To("cOrigin", ((y.Output * shape.OutputWidth) + x.Output) * outputPitch)};");
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

    /// <summary>Where an output of a phase begins along one axis.</summary>
    /// <param name="Phase">The first of its run.</param>
    /// <param name="Output">Its position.</param>
    /// <param name="Input">That of what its first tap reads.</param>
    /// <param name="Kernel">That of its first tap.</param>
    private readonly record struct Begin(Phase Phase, Offset Output, Offset Input, Offset Kernel)
    {
        /// <param name="index">Of the phase in its run.</param>
        /// <param name="position">Of the output in its phase.</param>
        public static Begin Of(PhaseRun run, Offset index, Offset position) => new(
            run.First,
            (position * run.First.Step) + (index * run.Start) + run.First.Start,
            (position * run.First.InputStep) + (index * run.InputStart) + run.First.InputStart,
            (index * run.KernelStart) + run.First.KernelStart);
    }
}
