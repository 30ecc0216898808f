using LrpGen.Execution;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Execution;

/// <summary>Activations and their derivatives against the definitions of their records, in double.</summary>
public class ActivationsTests
{
    /// <summary>Functions in all forms that are tried of them.</summary>
    private static readonly Dictionary<string, Activation> Functions = LayerTrials.All
        .SelectMany(kind => kind.Cases, (kind, given) => (Name: kind.NameOf(given), Layer: given.Layers[^1] as Activation))
        .Where(pair => pair.Layer is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Layer!);

    public static TheoryData<string> Names => [.. Functions.Keys];

    private static float[] Grid { get; } =
    [
        0, 1e-30f, -1e-30f, 1e-10f, -1e-10f, 6, 1e30f, -1e30f, float.MaxValue, float.MinValue,
        .. Enumerable.Range(-4000, 8001).Select(i => i * 0.01f),
        .. Enumerable.Range(-300, 601).Select(i => i * 1e-6f),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueIsAccurateToRounding(string name)
    {
        float[] a = new float[Grid.Length];
        Functions[name].Runtime.Value(Grid, a);

        for (int i = 0; i < Grid.Length; i++)
        {
            AssertClose(Functions[name].F(Grid[i]), a[i], 1e-7, 1e-37, Grid[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativeIsAccurateToRounding(string name)
    {
        // Powers of two, so that multiplying adds no rounding.
        float[] R = [.. Grid.Select((_, i) => i % 2 == 0 ? -2f : 0.5f)];
        float[] result = new float[Grid.Length];
        Functions[name].Runtime.DerivativeTimes(Grid, R, result);

        for (int i = 0; i < Grid.Length; i++)
        {
            AssertClose(Functions[name].Derivative(Grid[i]) * R[i], result[i], 1e-7, 1e-8, Grid[i]);
        }
    }

    /// <summary>Central differences of four points err by step⁴; there is no kink within one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativeIsThatOfTheFunction(string name)
    {
        const double Step = 1e-3;
        Func<double, double> f = Functions[name].F;
        foreach (double z in Enumerable.Range(-60, 121).Select(i => (i * 0.33) + 0.017))
        {
            double slope = ((8 * (f(z + Step) - f(z - Step))) - f(z + (2 * Step)) + f(z - (2 * Step))) / (12 * Step);
            Assert.Equal(slope, Functions[name].Derivative(z), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryLengthWorksInPlaceAndWritesNothingBeyond(string name)
    {
        for (int length = 0; length < 40; length++)
        {
            float[] z = Grid[^length..];
            float[] expected = new float[length];
            Functions[name].Runtime.Value(z, expected);
            float[] memory = [.. z, 99];
            Functions[name].Runtime.Value(memory.AsSpan(0, length), memory);
            Assert.Equal([.. expected, 99], memory);

            Functions[name].Runtime.DerivativeTimes(z, expected, expected);
            float[] R = [.. z, 99];
            Functions[name].Runtime.Value(z, R);
            Functions[name].Runtime.DerivativeTimes(z, R.AsSpan(0, length), R);
            Assert.Equal([.. expected, 99], R);
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        float[] a = new float[Grid.Length];
        new GELUFunction().Value(Grid, a);
        new GELUFunction().DerivativeTimes(Grid, a, a);

        long before = GC.GetAllocatedBytesForCurrentThread();
        new GELUFunction().Value(Grid, a);
        new GELUFunction().DerivativeTimes(Grid, a, a);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void SoftmaxIsStableAndClearsThePadding()
    {
        // Two rows of three lanes; the second row's e^1000 would overflow.
        float[] a = new float[16];
        new SoftmaxFunction(rows: 2, lanes: 3, pitch: 8).Value(
            Part.Whole, [0, MathF.Log(2), MathF.Log(5), 7, 7, 7, 7, 7, 1000, 1000, -1000, 7, 7, 7, 7, 7], a);

        float[] expected = [0.125f, 0.25f, 0.625f, 0, 0, 0, 0, 0, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0];
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(expected[i], a[i], 1e-7);
        }
    }

    [Fact]
    public void SoftmaxDerivativeIsTheJacobianTimesR()
    {
        // a = (1/4, 3/4), R = (8, 4): Σ a R = 5, so a (R − 5) = (3/4, −3/4).
        float[] R = [8, 4, 7, 7, 7, 7, 7, 7];
        new SoftmaxFunction(rows: 1, lanes: 2, pitch: 8).DerivativeTimes(Part.Whole, [0.25f, 0.75f, 7, 7, 7, 7, 7, 7], R, R);
        Assert.Equal([0.75f, -0.75f, 0, 0, 0, 0, 0, 0], R);
    }

    private static void AssertClose(double expected, float actual, double relative, double absolute, float z)
    {
        double error = Math.Abs(actual - expected);
        bool overflows = Math.Abs(expected) > float.MaxValue && float.IsInfinity(actual) && Math.Sign(actual) == Math.Sign(expected);
        Assert.True(overflows || error <= relative * Math.Abs(expected) + absolute, $"z = {z:R}: expected {expected:R}, got {actual:R}");
    }
}
