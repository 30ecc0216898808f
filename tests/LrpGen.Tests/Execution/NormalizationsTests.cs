using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

/// <summary>Normalisations and the way back through them against their definitions in double precision.</summary>
public class NormalizationsTests
{
    /// <summary>The kernel computes in double and rounds its results once: half a unit in the last place of the largest, 2⁻²⁴ of it.</summary>
    private const double Rounding = 6e-8;

    private const double Eps = 1e-5;

    /// <summary>Rows, lanes, pitch; rows and lanes of a region.</summary>
    public static readonly TheoryData<int, int, int, int, int> Cases = new()
    {
        { 5, 20, 32, 1, 20 }, // LayerNorm over features, the last vector not full
        { 3, 4, 16, 1, 4 }, // fewer features than a vector has
        { 6, 16, 16, 3, 16 }, // over several axes
        { 6, 5, 16, 6, 5 }, // over everything
        { 7, 12, 16, 7, 3 }, // groups narrower than a vector, that do not divide it
        { 7, 40, 48, 7, 10 }, // groups wider than a vector, that begin anywhere
        { 2, 77, 80, 2, 7 }, // as many lanes in a tile as there can be, and a tile that is not full
        { 9, 35, 48, 9, 1 }, // InstanceNorm
        { 1, 1, 16, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsAccurateToRounding(int rows, int lanes, int pitch, int regionRows, int regionLanes)
    {
        Regions regions = new(rows, lanes, pitch, regionRows, regionLanes);
        foreach (bool centred in new[] { true, false })
        {
            foreach (int rowsOfWeights in new[] { 0, 1, regions.RegionRows })
            {
                Data data = new(regions, rowsOfWeights);
                Span<float> y = new float[data.Length];
                Normalizations.Forward(Part.Whole, data.A, regions, centred, Eps, data.W, data.B, y);
                data.AssertClose(data.Forward(centred), y);
                foreach (bool constant in new[] { true, false })
                {
                    Span<float> result = new float[data.Length];
                    Normalizations.Backward(Part.Whole, data.A, regions, centred, Eps, data.W, constant, data.R, result);
                    data.AssertClose(data.Backward(centred, constant), result);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PartsGiveTheBitsOfTheWhole(int rows, int lanes, int pitch, int regionRows, int regionLanes)
    {
        Regions regions = new(rows, lanes, pitch, regionRows, regionLanes);
        Data data = new(regions, 1);
        Span<float> whole = new float[2 * data.Length];
        Run(Part.Whole, whole);
        foreach (int members in new[] { 2, 3, 7 })
        {
            Span<float> inParts = new float[2 * data.Length];
            foreach (Part part in PartTests.Parts(members))
            {
                Run(part, inParts);
            }

            Assert.Equal(whole, inParts);
        }

        void Run(Part part, Span<float> results)
        {
            Normalizations.Forward(part, data.A, regions, true, Eps, data.W, data.B, results[..data.Length]);
            Normalizations.Backward(part, data.A, regions, true, Eps, data.W, false, data.R, results[data.Length..]);
        }
    }

    /// <summary>In float, a sum of squares would lose all digits of a deviation that is 10⁻⁴ of the mean.</summary>
    [Fact]
    public void ALargeMeanCostsNoDigits()
    {
        Regions regions = new(4, 24, 32, 1, 24);
        Data data = new(regions, 0, mean: 10_000);
        Span<float> y = new float[data.Length];
        Normalizations.Forward(Part.Whole, data.A, regions, true, Eps, default, default, y);
        data.AssertClose(data.Forward(true), y);
    }

    /// <summary>Without eps σ is 0, and all that is left of a − μ is 0 too.</summary>
    [Fact]
    public void EqualValuesGiveTheBias()
    {
        float[] a = new float[16];
        float[] y = new float[16];
        float[] b = [.. Enumerable.Range(0, 16).Select(lane => (float)lane)];
        a.AsSpan().Fill(2);
        Normalizations.Forward(Part.Whole, a, new(1, 16, 16, 1, 16), true, 0, default, b, y);
        Assert.Equal(b, y);
    }

    [Fact]
    public void NormalizeDividesByTheNorm()
    {
        // 3-4-5; nothing; less than eps.
        float[] z = [3, 4, float.NaN, 0, 0, float.NaN, 3e-14f, 4e-14f, float.NaN];
        float[] R = [1, 2, float.NaN, 1, 2, float.NaN, 1, 2, float.NaN];
        float[] a = new float[9];
        float[] result = new float[9];
        NormalizeFunction function = new(rows: 3, lanes: 2, pitch: 3, eps: 1e-12);
        function.Value(Part.Whole, z, a);
        function.DerivativeTimes(Part.Whole, z, R, result);

        // y = (0.6, 0.8); ΣyR = 2.2; (R − 2.2 y) / 5 = (−0.32, 0.24) / 5.
        AssertClose([0.6, 0.8, 0, 0, 0, 0, 0.03, 0.04, 0], a);
        AssertClose([-0.064, 0.048, 0, 1e12, 2e12, 0, 1e12, 2e12, 0], result);
    }

    // Some roundings of each value.
    private static void AssertClose(double[] expected, float[] actual)
    {
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], Math.Abs(expected[k]) * 1e-6);
        }
    }

    /// <summary>Tensors of a case, whose padding is NaN so that nothing may read it.</summary>
    private sealed class Data
    {
        private readonly Regions regions;
        private readonly ILookup<(int, int), int> elements;

        public Data(Regions regions, int rowsOfWeights, double mean = 3)
        {
            this.regions = regions;
            Length = regions.Rows * regions.Pitch;
            A = Fill(regions.Rows, i => mean + Math.Sin(i) + (i % 7));
            R = Fill(regions.Rows, i => Math.Cos(3 * i));
            W = Fill(rowsOfWeights, i => 1 + (0.5 * Math.Sin(5 * i)));
            B = Fill(rowsOfWeights, i => Math.Cos(i));
            elements = Enumerable.Range(0, Length)
                .Where(at => at % regions.Pitch < regions.Lanes)
                .ToLookup(at => (at / regions.Pitch / regions.RegionRows, at % regions.Pitch / regions.RegionLanes));
        }

        public int Length { get; }

        public float[] A { get; }

        public float[] R { get; }

        public float[] W { get; }

        public float[] B { get; }

        public double[] Forward(bool centred) => InRegions(centred, (region, x) =>
            [.. region.Select((at, k) => (Weight(at) * x[k]) + (B.Length == 0 ? 0 : B[at % B.Length]))]);

        public double[] Backward(bool centred, bool constantDeviation)
        {
            return InRegions(centred, (region, x) =>
            {
                double[] g = [.. region.Select(at => Weight(at) * R[at])];
                double mean = centred ? g.Average() : 0;
                double slope = constantDeviation ? 0 : g.Zip(x, (gradient, value) => gradient * value).Average();
                double σ = Deviation(region, centred);
                return [.. g.Select((gradient, k) => (gradient - mean - (x[k] * slope)) / σ)];
            });
        }

        public void AssertClose(double[] expected, ReadOnlySpan<float> actual)
        {
            double tolerance = expected.Max(Math.Abs) * Rounding;
            for (int at = 0; at < Length; at++)
            {
                Assert.True(Math.Abs(expected[at] - actual[at]) <= tolerance, $"{at}: {expected[at]} expected, but {actual[at]}");
            }
        }

        private double[] InRegions(bool centred, Func<int[], double[], double[]> resultOf)
        {
            double[] result = new double[Length];
            foreach (int[] region in elements.Select(region => region.ToArray()))
            {
                double mean = centred ? region.Average(at => (double)A[at]) : 0;
                double σ = Deviation(region, centred);
                double[] values = resultOf(region, [.. region.Select(at => (A[at] - mean) / σ)]);
                for (int k = 0; k < region.Length; k++)
                {
                    result[region[k]] = values[k];
                }
            }

            return result;
        }

        private double Deviation(int[] region, bool centred)
        {
            double mean = centred ? region.Average(at => (double)A[at]) : 0;
            return Math.Sqrt(region.Average(at => (A[at] - mean) * (A[at] - mean)) + Eps);
        }

        private double Weight(int at) => W.Length == 0 ? 1 : W[at % W.Length];

        private float[] Fill(int rows, Func<int, double> value) =>
            [.. Enumerable.Range(0, rows * regions.Pitch).Select(at => at % regions.Pitch < regions.Lanes ? (float)value(at) : float.NaN)];
    }
}
