using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the products of a linear layer, whose weights lie as [in][out] for both: forward adds a row per input,
/// transposed takes the inner product of a row per input. So each weight is read at most once, and rows in order.
/// </summary>
/// <remarks>
/// No result depends on how units are dealt out to threads: z_j is summed over inputs in order, c_i in one row.
/// </remarks>
/// <param name="hasFloor">Whether sums below <c>floor</c> become that.</param>
internal sealed class LinearEmitter(
    CodeWriter writer, int inputs, int outputs, int outputPitch, SumStart start, bool unroll, bool hasFloor = false)
{
    /// <summary>
    /// Rows that are worked on together: their 8 sums, or 8 factors, stay in registers. Memory gives most to at least 4 rows side
    /// by side; with 8, loading and storing z costs next to nothing; 16 have no registers for their addresses. The runtime's
    /// <c>ActiveInputs</c> fills up groups of 8.
    /// </summary>
    private const int Rows = 8;

    /// <summary>Sums that <c>TSimd.Sums</c> gives at once.</summary>
    private const int SumsAtOnce = 4;

    /// <summary>Outputs in a unit of the product: rows are cut into pieces of whole cache lines, and of whole vectors of any width.</summary>
    private const int OutputsOfUnit = 64;

    /// <summary>Inputs in a unit of the transposed product: no cache line of c belongs to two.</summary>
    private const int InputsOfUnit = Simd.Alignment;

    private static readonly Offset J = Offset.Variable("j");

    private readonly Loops loops = new(writer, unroll);
    private string target = "c";

    /// <summary>Units of a looped product.</summary>
    public int Units => UnitsOf(outputPitch, OutputsOfUnit);

    /// <summary>Units of a looped transposed product.</summary>
    public int TransposedUnits => UnitsOf(inputs, InputsOfUnit);

    // The last vector of unrolled code may be padding only.
    private int Vectors => (outputs + Simd.Lanes - 1) / Simd.Lanes;

    /// <summary>z_j = Σ_i a_i w_ij + b_j.</summary>
    public void EmitProduct()
    {
        if (unroll)
        {
            loops.Chunks("j", Vectors * Simd.Lanes, Rows * Simd.Lanes, SumInRegisters);
            for (int j = Vectors * Simd.Lanes; j < outputPitch; j += Simd.Lanes)
            {
                writer.Line($"Vector256<float>.Zero.StoreUnsafe({Reference.To("zOrigin", j)});");
            }
        }
        else
        {
            AddActiveRows();
        }
    }

    /// <summary>c_i = Σ_j w_ij s_j.</summary>
    /// <param name="timesInput">Whether a_i is multiplied by it, so that rows where a_i = 0 are not needed.</param>
    /// <param name="output">Symbol of the output: <c>c</c>, or <c>Ri</c> if a_i is multiplied by it.</param>
    public void EmitTransposedProduct(bool timesInput = false, string output = "c")
    {
        target = output;
        if (unroll)
        {
            ClearPadding();
            loops.Chunks("i", inputs, Rows, (i, rows) => UnrolledInnerProducts(i, rows, timesInput));
        }
        else if (timesInput)
        {
            InnerProductsOfActiveRows();
        }
        else
        {
            InnerProductsOfAllRows();
        }
    }

    private void AddActiveRows()
    {
        Range(OutputsOfUnit, outputPitch);
        if (start != SumStart.Present)
        {
            writer.Line(start == SumStart.Bias ? "b.Slice(start, stop - start).CopyTo(z.Slice(start));" : "z.Slice(start, stop - start).Clear();");
        }

        ForActiveRows("0", Literal.Integer(inputs), () =>
        {
            for (int row = 0; row < Rows; row++)
            {
                writer.Line($"TVector a{row} = TSimd.Broadcast({OfRow("values", row)});");
            }

            using (writer.Block("for (int j = start; j < stop; j += TSimd.Count)"))
            {
                writer.Line($"TVector zj = {At("zOrigin", J)};");
                for (int row = 0; row < Rows; row++)
                {
                    writer.Line($"zj = TSimd.MultiplyAdd(a{row}, {At($"w{row}", J)}, zj);");
                }

                writer.Line($"TSimd.Store(zj, {Reference.To("zOrigin", J)});");
            }
        });
        if (hasFloor)
        {
            using (writer.Block("for (int j = start; j < stop; j += TSimd.Count)"))
            {
                writer.Line($"TSimd.Store(TSimd.Max({At("zOrigin", J)}, TSimd.Create(floor)), {Reference.To("zOrigin", J)});");
            }
        }
    }

    private void InnerProductsOfActiveRows()
    {
        Range(InputsOfUnit, inputs);
        if (start != SumStart.Present)
        {
            writer.Line($"{target}.Slice(start, stop - start).Clear();");
        }

        ClearPadding();
        ForActiveRows("start", "stop", () =>
        {
            SumRows(Rows, row => At($"w{row}", J));
            for (int row = 0; row < Rows; row += SumsAtOnce)
            {
                writer.Line($"ActiveInputs.AddProducts({Sums(row, Rows)}, {OfRow("values", row)}, {OfRow("indices", row)}, ref {target}Origin);");
            }
        });
    }

    private void InnerProductsOfAllRows()
    {
        Range(InputsOfUnit, inputs);
        ClearPadding();
        int full = inputs / Rows * Rows;
        if (full > 0)
        {
            string condition = full == inputs ? "i < stop" : $"i <= stop - {Rows}";
            using (writer.Block($"for (int i = start; {condition}; i += {Rows})"))
            {
                InnerProducts(Offset.Variable("i"), Rows);
            }
        }

        if (full < inputs)
        {
            using (writer.Block($"if (start < stop && stop == {Literal.Integer(inputs)})"))
            {
                InnerProducts(full, inputs - full);
            }
        }
    }

    // The lanes behind the last input, of which what is written last may cover some.
    private void ClearPadding()
    {
        if (start != SumStart.Present && inputs % Simd.Alignment != 0)
        {
            using (unroll ? null : writer.Block($"if (stop == {Literal.Integer(inputs)})"))
            {
                writer.Line($"{target}.Slice({Literal.Integer(inputs)}).Clear();");
            }
        }
    }

    private void InnerProducts(Offset i, int rows)
    {
        writer.Line($"ref float rows = {Reference.To("wOrigin", i * outputPitch)};");
        SumRows(rows, row => At("rows", J + (row * outputPitch)));
        for (int row = 0; row < rows; row += SumsAtOnce)
        {
            string to = Reference.To(target + "Origin", i + row);
            string total = start == SumStart.Present ? $"({Sums(row, rows)} + Vector128.LoadUnsafe({to}))" : Sums(row, rows);
            writer.Line($"{total}.StoreUnsafe({to});");
        }
    }

    private void Range(int unit, int count)
    {
        writer.Line($"(int first, int end) = part.Of({UnitsOf(count, unit)});");
        string bound(string units) => count % unit == 0 ? $"{units} * {unit}" : $"Math.Min({units} * {unit}, {Literal.Integer(count)})";
        writer.Line($"int start = {bound("first")};");
        writer.Line($"int stop = {bound("end")};");
    }

    private static int UnitsOf(int count, int unit) => (count + unit - 1) / unit;

    // The body sees the rows of eight active inputs, w0 to w7, and n, where the first of them stands in the lists.
    private void ForActiveRows(string from, string to, Action body)
    {
        writer.Line("Span<int> indices = stackalloc int[ActiveInputs.Most];");
        writer.Line("Span<float> values = stackalloc float[ActiveInputs.Most];");
        writer.Line("ref int indicesOrigin = ref MemoryMarshal.GetReference(indices);");
        writer.Line("ref float valuesOrigin = ref MemoryMarshal.GetReference(values);");
        using (writer.Block($"for (int i = {from}; i < {to}; i += ActiveInputs.Most)"))
        {
            writer.Line($"int count = ActiveInputs.Gather(a.Slice(i, Math.Min(ActiveInputs.Most, {to} - i)), i, indices, values);");
            using (writer.Block($"for (int n = 0; n < count; n += {Rows})"))
            {
                for (int row = 0; row < Rows; row++)
                {
                    string index = Reference.Element("indicesOrigin", Offset.Variable("n") + row);
                    writer.Line($"ref float w{row} = ref Unsafe.Add(ref wOrigin, {index} * {Literal.Integer(outputPitch)});");
                }

                body();
            }
        }
    }

    private void SumRows(int rows, Func<int, string> weights)
    {
        for (int row = 0; row < rows; row++)
        {
            writer.Line($"TVector c{row} = default;");
        }

        using (writer.Block($"for (int j = 0; j < {Literal.Integer(outputPitch)}; j += TSimd.Count)"))
        {
            writer.Line($"TVector sj = {At("sOrigin", J)};");
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"c{row} = TSimd.MultiplyAdd(sj, {weights(row)}, c{row});");
            }
        }
    }

    // Small layers: the sums of up to 64 outputs never leave their registers.
    private void SumInRegisters(Offset j, int lanes)
    {
        for (int vector = 0; vector < lanes; vector += Simd.Lanes)
        {
            string first = start switch
            {
                SumStart.Bias => UnrolledAt("bOrigin", j + vector),
                SumStart.Present => UnrolledAt("zOrigin", j + vector),
                _ => "Vector256<float>.Zero",
            };
            writer.Line($"Vector256<float> z{vector} = {first};");
        }

        writer.Line("Vector256<float> ai;");
        for (int i = 0; i < inputs; i++)
        {
            writer.Line($"ai = Vector256.Create({Reference.Element("aOrigin", i)});");
            for (int vector = 0; vector < lanes; vector += Simd.Lanes)
            {
                string weights = UnrolledAt("wOrigin", j + vector + (i * (long)outputPitch));
                writer.Line($"z{vector} = Vector256.MultiplyAddEstimate(ai, {weights}, z{vector});");
            }
        }

        for (int vector = 0; vector < lanes; vector += Simd.Lanes)
        {
            string sum = hasFloor ? $"Vector256.Max(z{vector}, Vector256.Create(floor))" : $"z{vector}";
            writer.Line($"{sum}.StoreUnsafe({Reference.To("zOrigin", j + vector)});");
        }
    }

    private void UnrolledInnerProducts(Offset i, int rows, bool timesInput)
    {
        for (int row = 0; row < rows; row++)
        {
            writer.Line($"Vector256<float> c{row} = Vector256<float>.Zero;");
        }

        writer.Line($"ref float rows = {Reference.To("wOrigin", i * outputPitch)};");
        loops.For("j", Vectors * Simd.Lanes, Simd.Lanes, true, j =>
        {
            writer.Line($"Vector256<float> sj = {UnrolledAt("sOrigin", j)};");
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"c{row} = Vector256.MultiplyAddEstimate(sj, {UnrolledAt("rows", j + (row * outputPitch))}, c{row});");
            }
        });
        string sums = string.Join(", ", Enumerable.Range(0, Rows).Select(row => row < rows ? $"c{row}" : "Vector256<float>.Zero"));
        string product = $"Lanes.Sums({sums})" + (timesInput ? $" * {UnrolledAt("aOrigin", i)}" : "");
        string total = start == SumStart.Present ? $"{product} + {UnrolledAt(target + "Origin", i)}" : product;
        writer.Line($"{(total == $"Lanes.Sums({sums})" ? total : $"({total})")}.StoreUnsafe({Reference.To(target + "Origin", i)});");
    }

    private static string Sums(int firstRow, int rows)
    {
        IEnumerable<string> sums = Enumerable.Range(firstRow, SumsAtOnce).Select(row => row < rows ? $"c{row}" : "default");
        return $"TSimd.Sums({string.Join(", ", sums)})";
    }

    private static string OfRow(string list, int row) => Reference.To(list + "Origin", Offset.Variable("n") + row);

    private static string At(string origin, Offset at) => $"TSimd.Load({Reference.To(origin, at)})";

    private static string UnrolledAt(string origin, Offset at) => $"Vector256.LoadUnsafe({Reference.To(origin, at)})";
}
