using LrpGen.Generator.Emission;
using LrpGen.Tests.Engine;
using Kernel = System.Action<float[], float[], float[], float[], int, int>;

namespace LrpGen.Tests.Emission;

/// <summary>The bodies that the emitter writes, compiled for all widths of vectors, against sums in float64.</summary>
public sealed class LinearEmitterTests
{
    private static readonly (int Inputs, int Outputs)[] Sizes = [(1, 1), (7, 10), (8, 16), (20, 33), (256, 64), (300, 130), (513, 16)];

    private static readonly string[] Namespaces =
        ["System", "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Intrinsics", "LrpGen.Execution"];

    private static readonly string[] Widths = ["128", "256", "512"];

    private static readonly Lazy<Type> Kernels = new(() => Compiler.Load(null, [Source()]).GetType("Kernels")!);

    public static TheoryData<int, int, double> Cases()
    {
        TheoryData<int, int, double> cases = [];
        foreach ((int inputs, int outputs) in Sizes)
        {
            foreach (double activity in new[] { 0, 0.1, 0.5, 1 })
            {
                cases.Add(inputs, outputs, activity);
            }
        }

        return cases;
    }

    /// <summary>z_j = Σ_i a_i w_ij + start_j.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ProductAddsActiveRows(int inputs, int outputs, double activity)
    {
        Layer layer = new(inputs, outputs, activity);
        double sum(int j) => Enumerable.Range(0, inputs).Sum(i => (double)layer.A[i] * layer.Weight(i, j));
        foreach (SumStart start in Enum.GetValues<SumStart>())
        {
            float[] first = start == SumStart.Bias ? layer.B : start == SumStart.Present ? layer.Z : new float[layer.Pitch];
            double[] expected = [.. first.Select((begin, j) => begin + sum(j))];
            int units = new LinearEmitter(new CodeWriter(), inputs, outputs, layer.Pitch, start, false).Units;
            AssertAll($"Product{start}", layer, layer.A, layer.B, layer.Z, units, expected);
        }
    }

    /// <summary>c_i = Σ_j w_ij s_j, or the same times a_i, or c_i plus either. What begins at 0 leaves nothing of what was in the padding.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TransposedProductTakesInnerProducts(int inputs, int outputs, double activity)
    {
        Layer layer = new(inputs, outputs, activity);
        double sum(int i) => Enumerable.Range(0, layer.Pitch).Sum(j => (double)layer.S[j] * layer.Weight(i, j));
        foreach (SumStart start in new[] { SumStart.Zero, SumStart.Present })
        {
            foreach (bool timesInput in new[] { false, true })
            {
                double product(int i) => timesInput ? layer.A[i] * sum(i) : sum(i);
                IEnumerable<double> padding = start == SumStart.Present ? [] : new double[layer.C.Length - inputs];
                IEnumerable<double> sums = Enumerable.Range(0, inputs).Select(i => start == SumStart.Present ? layer.C[i] + product(i) : product(i));
                double[] expected = [.. sums, .. padding];
                int units = new LinearEmitter(new CodeWriter(), inputs, outputs, layer.Pitch, start, false).TransposedUnits;
                AssertAll($"Transposed{start}{timesInput}", layer, layer.S, layer.A, layer.C, units, expected);
            }
        }
    }

    /// <summary>Every width gives the sums, and the same bits whichever way units are dealt out.</summary>
    private static void AssertAll(string method, Layer layer, float[] from, float[] with, float[] to, int units, double[] expected)
    {
        string name = $"{method}_{layer.Inputs}_{layer.Outputs}";
        foreach (string width in Widths)
        {
            float[] whole = Run(name + "_" + width, layer, from, with, to, (0, units));
            AssertClose(expected, whole);
            Assert.Equal(whole, Run(name + "_" + width, layer, from, with, to, [.. Enumerable.Range(0, units).Select(unit => (unit, unit + 1))]));
            Assert.Equal(whole, Run(name + "_" + width, layer, from, with, to, (0, 0), (units / 3, units), (0, units / 3), (units, units)));
        }

        if (IsUnrolled(layer.Inputs, layer.Pitch))
        {
            AssertClose(expected, Run(name + "_Unrolled", layer, from, with, to, (0, units)));
        }
    }

    private static float[] Run(string name, Layer layer, float[] from, float[] with, float[] to, params IEnumerable<(int First, int End)> parts)
    {
        float[] result = [.. to];
        Kernel kernel = Kernels.Value.GetMethod(name)!.CreateDelegate<Kernel>();
        foreach ((int first, int end) in parts)
        {
            kernel(from, layer.W, with, result, first, end);
        }

        return result;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual[index], 1e-5 * scale);
        }
    }

    private static string Source()
    {
        CodeWriter writer = new();
        foreach (string space in Namespaces)
        {
            writer.Line($"using {space};");
        }

        using (writer.Block("public static class Kernels"))
        {
            foreach ((int inputs, int outputs) in Sizes)
            {
                foreach (SumStart start in Enum.GetValues<SumStart>())
                {
                    string b = start == SumStart.Bias ? "b" : "unused";
                    Methods(writer, $"Product{start}_{inputs}_{outputs}", inputs, outputs, start, ("a", b, "z"), emitter => emitter.EmitProduct());
                }

                foreach (SumStart start in new[] { SumStart.Zero, SumStart.Present })
                {
                    foreach (bool timesInput in new[] { false, true })
                    {
                        string name = $"Transposed{start}{timesInput}_{inputs}_{outputs}";
                        Methods(writer, name, inputs, outputs, start, ("s", "a", "c"), emitter => emitter.EmitTransposedProduct(timesInput));
                    }
                }
            }
        }

        writer.Line("/// <summary>The units of a part, whatever there are.</summary>");
        writer.Line("public readonly struct Units(int first, int end)");
        writer.Line("{");
        writer.Line("    public (int First, int End) Of(int units) => (first, end);");
        writer.Line("}");
        return writer.ToString();
    }

    private static void Methods(
        CodeWriter writer, string name, int inputs, int outputs, SumStart start, (string, string, string) symbols, Action<LinearEmitter> emit)
    {
        int pitch = Layer.PitchOf(outputs);
        const string Constraints = " where TSimd : ISimd<TVector> where TVector : struct";
        Method(writer, name, "<TSimd, TVector>", Constraints, symbols, () => emit(new(writer, inputs, outputs, pitch, start, false)));
        foreach (string width in Widths)
        {
            Entry(writer, $"{name}_{width}", $"{name}<Simd{width}, Vector{width}<float>>");
        }

        if (IsUnrolled(inputs, pitch))
        {
            Method(writer, name, "", "", symbols, () => emit(new(writer, inputs, outputs, pitch, start, true)));
            Entry(writer, name + "_Unrolled", name);
        }
    }

    private static void Method(
        CodeWriter writer, string name, string types, string constraints, (string From, string With, string To) symbols, Action body)
    {
        (string from, string with, string to) = symbols;
        string parameters =
            $"ReadOnlySpan<float> {from}, ReadOnlySpan<float> w, ReadOnlySpan<float> {with}, Span<float> {to}, int firstUnit, int endUnit";
        using (writer.Block($"private static void {name}{types}({parameters}){constraints}"))
        {
            foreach (string symbol in new[] { from, "w", with, to })
            {
                writer.Line($"ref float {symbol}Origin = ref MemoryMarshal.GetReference({symbol});");
            }

            writer.Line("Units part = new(firstUnit, endUnit);");
            body();
        }
    }

    private static void Entry(CodeWriter writer, string name, string method)
    {
        writer.Line($"public static void {name}(float[] from, float[] w, float[] with, float[] to, int first, int end) =>");
        writer.Line($"    {method}(from, w, with, to, first, end);");
    }

    private static bool IsUnrolled(int inputs, int pitch) => inputs * pitch < 512;

    /// <summary>Random numbers; weights, and what sums of outputs start from, are 0 where outputs are padding.</summary>
    private sealed class Layer
    {
        public Layer(int inputs, int outputs, double activity)
        {
            Random random = new(inputs + outputs);
            (Inputs, Outputs, Pitch) = (inputs, outputs, PitchOf(outputs));
            A = Values(random, PitchOf(inputs), _ => random.NextDouble() < activity);
            W = Values(random, inputs * Pitch, index => index % Pitch < outputs);
            (B, S, Z) = (Values(random, Pitch, j => j < outputs), Values(random, Pitch, _ => true), Values(random, Pitch, j => j < outputs));
            C = Values(random, PitchOf(inputs), _ => true);
        }

        public int Inputs { get; }

        public int Outputs { get; }

        public int Pitch { get; }

        public float[] A { get; }

        public float[] W { get; }

        public float[] B { get; }

        public float[] S { get; }

        public float[] Z { get; }

        public float[] C { get; }

        public float Weight(int i, int j) => W[i * Pitch + j];

        public static int PitchOf(int count) => (count + 15) / 16 * 16;

        private static float[] Values(Random random, int count, Func<int, bool> isSet) =>
            [.. Enumerable.Range(0, count).Select(index => isSet(index) ? random.NextSingle() * 2 - 1 : 0)];
    }
}
