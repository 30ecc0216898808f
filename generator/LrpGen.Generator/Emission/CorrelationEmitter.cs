using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>What sums start from.</summary>
internal enum SumStart
{
    Bias,
    Zero,
    Present,
}

/// <summary>
/// Writes the product of a convolution, forward or transposed. A tile of pixels × output channels stays in registers
/// while the loops run over the kernel and the input channels: each weight vector read serves all pixels of the tile,
/// each input all channels.
/// </summary>
/// <param name="input">Symbol of the input: <c>a</c>, or <c>s</c> for a transposed product.</param>
/// <param name="output">Symbol of the output: <c>z</c>, or <c>c</c>.</param>
internal sealed class CorrelationEmitter(
    CodeWriter writer, Correlation shape, int inputPitch, int outputPitch, SumStart start, bool unroll, string input, string output)
{
    /// <summary>Vectors of sums that stay in registers: 12 leave 4 of AVX2's 16 for weights and input.</summary>
    private const int Accumulators = 12;

    /// <summary>Vectors of output channels in a block, for which weights lie side by side.</summary>
    private const int VectorsPerBlock = 2;

    private readonly Loops loops = new(writer, unroll);

    public void Emit()
    {
        foreach (Phase rows in shape.RowPhases)
        {
            foreach (Phase columns in shape.ColumnPhases)
            {
                if (shape.Depthwise)
                {
                    loops.For("channel", Simd.RoundUp(shape.Groups), Simd.Lanes, false, channel => Tiles(rows, columns, channel, 1));
                }
                else
                {
                    loops.For("group", shape.Groups, group => Blocks(rows, columns, group));
                }
            }
        }
    }

    private void Blocks(Phase rows, Phase columns, Offset group)
    {
        int vectors = Simd.RoundUp(shape.Outputs) / Simd.Lanes;
        int blocks = vectors / VectorsPerBlock;
        loops.For("block", blocks, block => Tiles(rows, columns, group, VectorsPerBlock, block));
        if (vectors % VectorsPerBlock != 0)
        {
            Tiles(rows, columns, group, vectors % VectorsPerBlock, blocks);
        }
    }

    // Tiles of equal width, and a narrower one at the end of a row.
    private void Tiles(Phase rows, Phase columns, Offset group, int vectors, Offset block = default)
    {
        int widest = Accumulators / vectors;
        int tiles = (columns.Count + widest - 1) / widest;
        int pixels = (columns.Count + tiles - 1) / tiles;
        loops.For("y", rows.Count, y =>
            loops.Chunks("x", columns.Count, pixels, (x, width) => Tile(rows, columns, group, block, vectors, y, x, width)));
    }

    private void Tile(Phase rows, Phase columns, Offset group, Offset block, int vectors, Offset y, Offset x, int pixels)
    {
        int channelsOut = shape.Depthwise ? 1 : shape.Outputs;
        Offset firstChannel = (group * channelsOut) + (block * (VectorsPerBlock * Simd.Lanes));
        Offset row = (y * rows.Step) + rows.Start;
        Offset column = (x * columns.Step) + columns.Start;
        Offset firstOutput = (((row * shape.OutputWidth) + column) * outputPitch) + firstChannel;
        string sums = Address("sums", output, firstOutput);
        Each(pixels, vectors, (pixel, vector) =>
        {
            Offset at = (pixel * columns.Step * outputPitch) + (vector * Simd.Lanes);
            string first = StartOf(sums, loops.Unrolled ? firstOutput + at : at, firstChannel + (vector * Simd.Lanes));
            writer.Line($"Vector256<float> {output}{pixel}{vector} = {first};");
        });
        Taps(rows, columns, group, block, vectors, y, x, pixels);
        Each(pixels, vectors, (pixel, vector) =>
        {
            Offset at = (pixel * columns.Step * outputPitch) + (vector * Simd.Lanes);
            writer.Line($"{output}{pixel}{vector}.StoreUnsafe({Reference.To(sums, loops.Unrolled ? firstOutput + at : at)});");
        });
    }

    private string StartOf(string sums, Offset at, Offset channel) => start switch
    {
        SumStart.Bias => $"Vector256.LoadUnsafe({Reference.To("bOrigin", channel)})",
        SumStart.Present => $"Vector256.LoadUnsafe({Reference.To(sums, at)})",
        _ => "Vector256<float>.Zero",
    };

    private void Taps(Phase rows, Phase columns, Offset group, Offset block, int vectors, Offset y, Offset x, int pixels)
    {
        int width = vectors * Simd.Lanes;
        int inputs = shape.Depthwise ? 1 : shape.Inputs;
        int kernel = shape.KernelHeight * shape.KernelWidth;
        Offset row = (y * rows.InputStep) + rows.InputStart;
        Offset column = (x * columns.InputStep) + columns.InputStart;
        Offset firstInput = (((row * shape.PaddedWidth) + column) * inputPitch) + (group * inputs);
        Offset firstWeight = shape.Depthwise
            ? group
            : (group * ((long)kernel * inputs * Simd.RoundUp(shape.Outputs))) + (block * ((long)kernel * inputs * VectorsPerBlock * Simd.Lanes));
        int weightsPerTap = shape.Depthwise ? Simd.RoundUp(shape.Groups) : inputs * width;
        loops.For("ky", rows.Taps, ky => loops.For("kx", columns.Taps, kx =>
        {
            Offset tapInput = firstInput + (((ky * (rows.InputTapStep * shape.PaddedWidth)) + (kx * columns.InputTapStep)) * inputPitch);
            Offset kernelRow = (ky * rows.KernelStep) + rows.KernelStart;
            Offset kernelColumn = (kx * columns.KernelStep) + columns.KernelStart;
            Offset tapWeight = firstWeight + (((kernelRow * shape.KernelWidth) + kernelColumn) * weightsPerTap);
            string tap = Address("tap", input, tapInput);
            string weights = Address("weights", "w", tapWeight);
            loops.For("i", inputs, 1, true, i =>
            {
                Offset inputAt = loops.Unrolled ? tapInput + i : i;
                Offset weightAt = (loops.Unrolled ? tapWeight : 0) + (i * width);
                MultiplyAdd(tap, inputAt, weights, weightAt, columns.InputStep, vectors, pixels);
            });
        }));
    }

    private void MultiplyAdd(string tap, Offset inputAt, string weights, Offset weightAt, int inputStep, int vectors, int pixels)
    {
        string weight(int vector) => $"Vector256.LoadUnsafe({Reference.To(weights, weightAt + (vector * Simd.Lanes))})";
        string value(int pixel)
        {
            string element = Reference.Element(tap, inputAt + (pixel * inputStep * inputPitch));
            return shape.Depthwise ? $"Vector256.LoadUnsafe(ref {element})" : $"Vector256.Create({element})";
        }

        for (int vector = 0; vector < vectors; vector++)
        {
            writer.Line($"Vector256<float> w{vector} = {weight(vector)};");
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            string name = $"{input}{pixel}";
            writer.Line($"Vector256<float> {name} = {value(pixel)};");
            for (int vector = 0; vector < vectors; vector++)
            {
                writer.Line($"{output}{pixel}{vector} = Vector256.FusedMultiplyAdd({name}, w{vector}, {output}{pixel}{vector});");
            }
        }
    }

    // In loops, an address that the loops inside share is computed once; unrolled, every offset is a literal.
    private string Address(string name, string symbol, Offset offset)
    {
        if (loops.Unrolled)
        {
            return symbol + "Origin";
        }

        writer.Line($"ref float {name} = {Reference.To(symbol + "Origin", offset)};");
        return name;
    }

    private static void Each(int pixels, int vectors, Action<int, int> action)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int vector = 0; vector < vectors; vector++)
            {
                action(pixel, vector);
            }
        }
    }
}
