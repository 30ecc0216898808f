using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the product of a small convolution, forward or transposed, without a loop: every offset is a literal.</summary>
/// <param name="hasFloor">Whether sums below <c>floor</c> become that.</param>
/// <param name="input">Symbol of the input: <c>a</c>, or <c>s</c> for a transposed product.</param>
/// <param name="output">Symbol of the output: <c>z</c>, or <c>c</c>.</param>
internal sealed class UnrolledCorrelationEmitter(
    CodeWriter writer, Correlation shape, int inputPitch, int outputPitch, SumStart start, bool hasFloor, string input, string output)
{
    private readonly Loops loops = new(writer, unroll: true);

    // A vector of channels of a depthwise convolution, else all that the weights of a block are packed for.
    private int Vectors => (shape.Depthwise ? Simd.Lanes : Simd.Alignment) / Simd.Lanes;

    public void Emit()
    {
        foreach (Phase rows in shape.RowPhases)
        {
            foreach (Phase columns in shape.ColumnPhases)
            {
                if (shape.Depthwise)
                {
                    loops.For("channel", Simd.RoundUp(shape.Groups), Simd.Lanes, false, channel => Tiles(rows, columns, channel, 0));
                }
                else
                {
                    loops.For("group", shape.Groups, group =>
                        loops.For("block", Simd.RoundUp(shape.Outputs) / Simd.Alignment, block => Tiles(rows, columns, group, block)));
                }
            }
        }
    }

    private void Tiles(Phase rows, Phase columns, Offset group, Offset block) =>
        loops.For("y", rows.Count, y =>
            loops.Chunks("x", columns.Count, RegisterTile.Accumulators / Vectors, (x, width) => Tile(rows, columns, group, block, y, x, width)));

    private void Tile(Phase rows, Phase columns, Offset group, Offset block, Offset y, Offset x, int pixels)
    {
        Offset firstChannel = (group * (shape.Depthwise ? 1 : shape.Outputs)) + (block * Simd.Alignment);
        Offset row = (y * rows.Step) + rows.Start;
        Offset column = (x * columns.Step) + columns.Start;
        Offset firstOutput = (((row * shape.OutputWidth) + column) * outputPitch) + firstChannel;
        Each(pixels, (pixel, vector) => writer.Line(
            $"Vector256<float> {output}{pixel}{vector} = {StartOf(OutputAt(pixel, vector), firstChannel + (vector * Simd.Lanes))};"));
        Taps(rows, columns, group, block, y, x, pixels);
        Each(pixels, (pixel, vector) =>
        {
            string sum = hasFloor ? $"Vector256.Max({output}{pixel}{vector}, Vector256.Create(floor))" : $"{output}{pixel}{vector}";
            writer.Line($"{sum}.StoreUnsafe({Reference.To(output + "Origin", OutputAt(pixel, vector))});");
        });

        Offset OutputAt(int pixel, int vector) => firstOutput + (pixel * columns.Step * outputPitch) + (vector * Simd.Lanes);
    }

    private string StartOf(Offset at, Offset channel) => start switch
    {
        SumStart.Bias => $"Vector256.LoadUnsafe({Reference.To("bOrigin", channel)})",
        SumStart.Present => $"Vector256.LoadUnsafe({Reference.To(output + "Origin", at)})",
        _ => "Vector256<float>.Zero",
    };

    private void Taps(Phase rows, Phase columns, Offset group, Offset block, Offset y, Offset x, int pixels)
    {
        int width = Vectors * Simd.Lanes;
        int inputs = shape.Depthwise ? 1 : shape.Inputs;
        int kernel = shape.KernelHeight * shape.KernelWidth;
        Offset row = (y * rows.InputStep) + rows.InputStart;
        Offset column = (x * columns.InputStep) + columns.InputStart;
        Offset firstInput = (((row * shape.PaddedWidth) + column) * inputPitch) + (group * inputs);
        Offset firstWeight = shape.Depthwise
            ? group
            : (group * ((long)kernel * inputs * Simd.RoundUp(shape.Outputs))) + (block * ((long)kernel * inputs * width));
        int weightsPerTap = shape.Depthwise ? Simd.RoundUp(shape.Groups) : inputs * width;
        loops.For("ky", rows.Taps, ky => loops.For("kx", columns.Taps, kx =>
        {
            Offset tapInput = firstInput + (((ky * (rows.InputTapStep * shape.PaddedWidth)) + (kx * columns.InputTapStep)) * inputPitch);
            Offset kernelRow = (ky * rows.KernelStep) + rows.KernelStart;
            Offset kernelColumn = (kx * columns.KernelStep) + columns.KernelStart;
            Offset tapWeight = firstWeight + (((kernelRow * shape.KernelWidth) + kernelColumn) * weightsPerTap);
            loops.For("i", inputs, 1, true, i => MultiplyAdd(tapInput + i, tapWeight + (i * width), columns.InputStep, pixels));
        }));
    }

    private void MultiplyAdd(Offset inputAt, Offset weightAt, int inputStep, int pixels)
    {
        for (int vector = 0; vector < Vectors; vector++)
        {
            writer.Line($"Vector256<float> w{vector} = Vector256.LoadUnsafe({Reference.To("wOrigin", weightAt + (vector * Simd.Lanes))});");
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            string element = Reference.Element(input + "Origin", inputAt + (pixel * inputStep * inputPitch));
            string value = shape.Depthwise ? $"Vector256.LoadUnsafe(ref {element})" : $"Vector256.Create({element})";
            writer.Line($"Vector256<float> {input}{pixel} = {value};");
            for (int vector = 0; vector < Vectors; vector++)
            {
                string sum = $"{output}{pixel}{vector}";
                writer.Line($"{sum} = Vector256.MultiplyAddEstimate({input}{pixel}, w{vector}, {sum});");
            }
        }
    }

    private void Each(int pixels, Action<int, int> action)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int vector = 0; vector < Vectors; vector++)
            {
                action(pixel, vector);
            }
        }
    }
}
