using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the product of a 3×3 convolution in tiles: blocks of tiles are transformed, multiplied with the transformed weights at each of
/// the 36 positions, and transformed back.
/// </summary>
/// <param name="input">Symbol of the input: <c>a</c>, or <c>s</c> for a transposed product.</param>
/// <param name="output">Symbol of the output: <c>z</c>, or <c>c</c>.</param>
internal sealed class WinogradEmitter(CodeWriter writer, Tiling tiling, int inputPitch, int outputPitch, Sums sums, string input, string output)
{
    private readonly Loops loops = new(writer, unroll: false);

    private int Channels => Simd.RoundUp(tiling.Outputs);

    public void Emit()
    {
        string image = $"{tiling.InputHeight}, {tiling.InputWidth}, {inputPitch}, {tiling.Top}, {tiling.Left}";
        writer.Line("int width = 2 * TSimd.Count;");
        writer.Line($"ref float columnSums = ref MemoryMarshal.GetReference(stackalloc float[{Tiling.Size * (Tiling.Size + 2)} * TSimd.Count]);");
        writer.Line($"ref float sums = ref MemoryMarshal.GetReference(stackalloc float[{Tiling.Size * Tiling.Size} * TSimd.Count]);");
        loops.For("start", tiling.Count, tiling.Capacity, true, start =>
        {
            bool whole = tiling.Count % tiling.Capacity == 0 || tiling.Count <= tiling.Capacity;
            string count = whole ? $"{Math.Min(tiling.Count, tiling.Capacity)}" : $"Math.Min({tiling.Capacity}, {tiling.Count} - {start})";
            writer.Line($"int count = {count};");
            writer.Line($"Winograd.TransformInput<TSimd, TVector>(part, {input}, {image}, {tiling.Across}, {start}, count, {tiling.Capacity}, u);");
            writer.Line("part.Wait();");
            Multiply();
            writer.Line("part.Wait();");
            TransformOutputs(start);
        });
    }

    private void Multiply()
    {
        writer.Line($"int blocks = {RegisterTile.Blocks(Channels)};");
        writer.Line($"(int first, int end) = part.Of({Tiling.Positions} * blocks);");
        using (writer.Block("for (int unit = first; unit < end; unit++)"))
        {
            writer.Line("int position = unit / blocks;");
            writer.Line("int block = unit % blocks;");
            string firstTile = $"position * {tiling.Capacity}";
            using (writer.Block($"for (int tile = {firstTile}; tile < {firstTile} + count; tile += {Tiling.Group})"))
            {
                RegisterTile.InBlock(writer, Channels, Multiply);
            }
        }
    }

    // The last tiles of a block may be left from another: what becomes of them is not read.
    private void Multiply(int vectors)
    {
        RegisterTile tile = new(writer, input, output, Tiling.Group, vectors);
        writer.Line($"ref float tap = ref Unsafe.Add(ref uOrigin, tile * {inputPitch});");
        writer.Line($"ref float weights = ref Unsafe.Add(ref wOrigin, (position * {Channels} + block * width) * {tiling.Inputs});");
        tile.Each((sum, _, _) => writer.Line($"TVector {sum} = default;"));
        loops.For("i", tiling.Inputs, 1, true, i => tile.MultiplyAdd(i, i.Times(RegisterTile.Width(vectors)), inputPitch));
        writer.Line($"ref float products = ref Unsafe.Add(ref mOrigin, tile * {Channels} + block * width);");
        tile.Each((sum, pixel, vector) =>
            writer.Line($"TSimd.Store({sum}, {Reference.To("products", (pixel * (long)Channels) + RegisterTile.VectorAt(vector))});"));
    }

    private void TransformOutputs(Offset start)
    {
        writer.Line("(first, end) = part.Of(count);");
        using (writer.Block("for (int tile = first; tile < end; tile++)"))
        {
            Offset index = start + Offset.Variable("tile");
            writer.Line($"int y = ({index}) / {tiling.Across} * {Tiling.Size};");
            writer.Line($"int x = ({index}) % {tiling.Across} * {Tiling.Size};");
            writer.Line($"int rows = Math.Min({Tiling.Size}, {tiling.OutputHeight} - y);");
            writer.Line($"int columns = Math.Min({Tiling.Size}, {tiling.OutputWidth} - x);");
            using (writer.Block($"for (int channel = 0; channel < {Channels}; channel += TSimd.Count)"))
            {
                string products = $"ref Unsafe.Add(ref mOrigin, tile * {Channels} + channel)";
                writer.Line($"Winograd.TransformOutput<TSimd, TVector>({products}, {tiling.Capacity * Channels}, ref columnSums, ref sums);");
                using (writer.Block("for (int row = 0; row < rows; row++)"))
                using (writer.Block("for (int column = 0; column < columns; column++)"))
                {
                    string sum = $"TSimd.Load(ref Unsafe.Add(ref sums, (row * {Tiling.Size} + column) * TSimd.Count))";
                    sums.Locate(Offset.Variable($"((y + row) * {tiling.OutputWidth} + x + column)") * outputPitch + Offset.Variable("channel"));
                    writer.Line($"TVector {output}j = {(sums.Start == SumStart.Zero ? sum : $"TSimd.Add({sums.First("0", "channel")}, {sum})")};");
                    sums.Store($"{output}j", "0");
                }
            }
        }
    }
}
