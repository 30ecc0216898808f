using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the products of a linear layer, whose weights lie as [in][out] for both: forward adds a row per input,
/// transposed takes the inner product of a row per input. So each weight is read once, in order.
/// </summary>
internal sealed class LinearEmitter(CodeWriter writer, int inputs, int outputPitch, SumStart start, bool unroll)
{
    /// <summary>Rows that are worked on together: their 8 sums, or 8 factors, stay in registers.</summary>
    private const int Rows = Simd.Lanes;

    private readonly Loops loops = new(writer, unroll);

    /// <summary>z_j = Σ_i a_i w_ij + b_j.</summary>
    public void EmitProduct()
    {
        if (unroll)
        {
            loops.Chunks("j", outputPitch, Rows * Simd.Lanes, SumInRegisters);
            return;
        }

        if (start != SumStart.Present)
        {
            writer.Line(start == SumStart.Bias ? "b.CopyTo(z);" : "z.Clear();");
        }

        loops.Chunks("i", inputs, Rows, AddRows);
    }

    /// <summary>c_i = Σ_j w_ij s_j.</summary>
    public void EmitTransposedProduct() => loops.Chunks("i", inputs, Rows, InnerProducts);

    // Small layers: the sums of up to 64 outputs never leave their registers.
    private void SumInRegisters(Offset j, int outputs)
    {
        for (int vector = 0; vector < outputs; vector += Simd.Lanes)
        {
            string first = start switch
            {
                SumStart.Bias => Load("b", j + vector),
                SumStart.Present => Load("z", j + vector),
                _ => "Vector256<float>.Zero",
            };
            writer.Line($"Vector256<float> z{vector} = {first};");
        }

        writer.Line("Vector256<float> ai;");
        for (int i = 0; i < inputs; i++)
        {
            writer.Line($"ai = Vector256.Create({Reference.Element("aOrigin", i)});");
            for (int vector = 0; vector < outputs; vector += Simd.Lanes)
            {
                writer.Line($"z{vector} = Vector256.FusedMultiplyAdd(ai, {Load("w", j + vector + (i * (long)outputPitch))}, z{vector});");
            }
        }

        for (int vector = 0; vector < outputs; vector += Simd.Lanes)
        {
            writer.Line($"z{vector}.StoreUnsafe({Reference.To("zOrigin", j + vector)});");
        }
    }

    private void AddRows(Offset i, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            writer.Line($"Vector256<float> a{row} = Vector256.Create({Reference.Element("aOrigin", i + row)});");
        }

        writer.Line($"ref float rows = {Reference.To("wOrigin", i * outputPitch)};");
        loops.For("j", outputPitch, Simd.Lanes, true, j =>
        {
            writer.Line($"Vector256<float> zj = {Load("z", j)};");
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"zj = Vector256.FusedMultiplyAdd(a{row}, {At("rows", j + (row * outputPitch))}, zj);");
            }

            writer.Line($"zj.StoreUnsafe({Reference.To("zOrigin", j)});");
        });
    }

    private void InnerProducts(Offset i, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            writer.Line($"Vector256<float> c{row} = Vector256<float>.Zero;");
        }

        writer.Line($"ref float rows = {Reference.To("wOrigin", i * outputPitch)};");
        loops.For("j", outputPitch, Simd.Lanes, true, j =>
        {
            writer.Line($"Vector256<float> sj = {Load("s", j)};");
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"c{row} = Vector256.FusedMultiplyAdd(sj, {At("rows", j + (row * outputPitch))}, c{row});");
            }
        });
        string sums = string.Join(", ", Enumerable.Range(0, Rows).Select(row => row < rows ? $"c{row}" : "Vector256<float>.Zero"));
        string total = start == SumStart.Present ? $"(Lanes.Sums({sums}) + {Load("c", i)})" : $"Lanes.Sums({sums})";
        writer.Line($"{total}.StoreUnsafe({Reference.To("cOrigin", i)});");
    }

    private static string Load(string symbol, Offset at) => At(symbol + "Origin", at);

    private static string At(string origin, Offset at) => $"Vector256.LoadUnsafe({Reference.To(origin, at)})";
}
