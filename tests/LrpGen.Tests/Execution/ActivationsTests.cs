using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

/// <summary>Activations and their derivatives against their definitions in double precision.</summary>
public class ActivationsTests
{
    private delegate void Function(ReadOnlySpan<float> z, Span<float> a);

    private delegate void DerivativeTimes(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result);

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, Case> Cases { get; } = new()
    {
        ["ReLU"] = InFloat(new ReLUFunction(), z => Math.Max(z, 0), z => z > 0 ? 1 : 0),
        ["ReLU6"] = InFloat(new ReLU6Function(), z => Math.Clamp(z, 0, 6), z => z is > 0 and < 6 ? 1 : 0),
        ["LeakyReLU"] = InFloat(new LeakyReLUFunction(0.125), z => z > 0 ? z : 0.125 * z, z => z > 0 ? 1 : 0.125),
        ["ELU"] = InDouble(new ELUFunction(1.3), z => z > 0 ? z : 1.3 * ExpMinusOne(z), z => z > 0 ? 1 : 1.3 * Math.Exp(z)),
        ["GELU"] = InDouble(new GELUFunction(), z => z * NormalDistribution(z), z => NormalDistribution(z) + z * NormalDensity(z)),
        ["GELUTanh"] = InDouble(new GELUTanhFunction(), z => z * Sigmoid(GeluTanhArgument(z)), GeluTanhDerivative),
        ["SiLU"] = InDouble(new SiLUFunction(), z => z * Sigmoid(z), z => Sigmoid(z) * (1 + z * Sigmoid(-z))),
        ["Sigmoid"] = InDouble(new SigmoidFunction(), Sigmoid, z => Sigmoid(z) * Sigmoid(-z)),
        ["Tanh"] = InDouble(new TanhFunction(), Math.Tanh, z => Math.Pow(Math.Cosh(z), -2)),
        ["Softplus"] = InDouble(
            new SoftplusFunction(0.75, 20),
            z => 0.75 * z > 20 ? z : LogOnePlus(Math.Exp(0.75 * z)) / 0.75,
            z => 0.75 * z > 20 ? 1 : Sigmoid(0.75 * z)),
        ["Hardswish"] = InDouble(
            new HardswishFunction(), z => z * Math.Clamp((z + 3) / 6, 0, 1), z => z <= -3 ? 0 : z < 3 ? (z / 3) + 0.5 : 1),
        ["Hardsigmoid"] = InDouble(new HardsigmoidFunction(), z => Math.Clamp((z + 3) / 6, 0, 1), z => Math.Abs(z) < 3 ? 1.0 / 6 : 0),
        ["Hardtanh"] = InFloat(new HardtanhFunction(-0.5, 2), z => Math.Clamp(z, -0.5, 2), z => z is > -0.5 and < 2 ? 1 : 0),
        ["Mish"] = InDouble(
            new MishFunction(),
            z => z * Math.Tanh(Softplus(z)),
            z => Math.Tanh(Softplus(z)) + (z * Sigmoid(z) / Math.Pow(Math.Cosh(Softplus(z)), 2))),
        ["SELU"] = InDouble(
            new SELUFunction(),
            z => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * ExpMinusOne(z)),
            z => 1.0507009873554805 * (z > 0 ? 1 : 1.6732632423543772 * Math.Exp(z))),
        ["CELU"] = InDouble(new CELUFunction(1.3), z => z > 0 ? z : 1.3 * ExpMinusOne(z / 1.3), z => z > 0 ? 1 : Math.Exp(z / 1.3)),
        ["Softsign"] = InDouble(new SoftsignFunction(), z => z / (1 + Math.Abs(z)), z => Math.Pow(1 + Math.Abs(z), -2)),
        ["LogSigmoid"] = InDouble(
            new LogSigmoidFunction(), z => Math.Min(z, 0) - LogOnePlus(Math.Exp(-Math.Abs(z))), z => Sigmoid(-z)),
    };

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
        Cases[name].Function(Grid, a);

        for (int i = 0; i < Grid.Length; i++)
        {
            AssertClose(Cases[name].Value(Grid[i]), a[i], 1e-7, 1e-37, Grid[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativeIsAccurateToRounding(string name)
    {
        // Powers of two, so that multiplying adds no rounding.
        float[] R = [.. Grid.Select((_, i) => i % 2 == 0 ? -2f : 0.5f)];
        float[] result = new float[Grid.Length];
        Cases[name].DerivativeTimes(Grid, R, result);

        for (int i = 0; i < Grid.Length; i++)
        {
            AssertClose(Cases[name].Derivative(Grid[i]) * R[i], result[i], 1e-7, 1e-8, Grid[i]);
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
            Cases[name].Function(z, expected);
            float[] memory = [.. z, 99];
            Cases[name].Function(memory.AsSpan(0, length), memory);
            Assert.Equal([.. expected, 99], memory);

            Cases[name].DerivativeTimes(z, expected, expected);
            float[] R = [.. z, 99];
            Cases[name].Function(z, R);
            Cases[name].DerivativeTimes(z, R.AsSpan(0, length), R);
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
            [0, MathF.Log(2), MathF.Log(5), 7, 7, 7, 7, 7, 1000, 1000, -1000, 7, 7, 7, 7, 7], a);

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
        new SoftmaxFunction(rows: 1, lanes: 2, pitch: 8).DerivativeTimes([0.25f, 0.75f, 7, 7, 7, 7, 7, 7], R, R);
        Assert.Equal([0.75f, -0.75f, 0, 0, 0, 0, 0, 0], R);
    }

    private static Case InFloat<TFunction>(TFunction function, Func<double, double> value, Func<double, double> derivative)
        where TFunction : struct, IActivationFunction<float> =>
        new((z, a) => function.Value(z, a), (z, R, result) => function.DerivativeTimes(z, R, result), value, derivative);

    private static Case InDouble<TFunction>(TFunction function, Func<double, double> value, Func<double, double> derivative)
        where TFunction : struct, IActivationFunction<double> =>
        new((z, a) => function.Value(z, a), (z, R, result) => function.DerivativeTimes(z, R, result), value, derivative);

    private static void AssertClose(double expected, float actual, double relative, double absolute, float z)
    {
        double error = Math.Abs(actual - expected);
        bool overflows = Math.Abs(expected) > float.MaxValue && float.IsInfinity(actual) && Math.Sign(actual) == Math.Sign(expected);
        Assert.True(overflows || error <= relative * Math.Abs(expected) + absolute, $"z = {z:R}: expected {expected:R}, got {actual:R}");
    }

    /// <summary>ln(1 + eˣ), without cancellation and overflow.</summary>
    private static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Near 0, without cancellation: eˣ − 1 = 2 e^(x/2) sinh(x/2).</summary>
    private static double ExpMinusOne(double x) => x < -1 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>ln(1 + x) = 2 artanh(x / (2 + x)), without cancellation.</summary>
    private static double LogOnePlus(double x) => 2 * Math.Atanh(x / (2 + x));

    private static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ(x) by its series ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …) near 0, else by Laplace's continued fraction.</summary>
    private static double NormalDistribution(double x)
    {
        if (x < -3)
        {
            double fraction = -x;
            for (int k = 100; k > 0; k--)
            {
                fraction = -x + k / fraction;
            }

            return NormalDensity(x) / fraction;
        }

        if (x > 3)
        {
            return 1 - NormalDistribution(-x);
        }

        double sum = 0;
        double term = x;
        for (int k = 1; k < 100; k++)
        {
            sum += term;
            term *= x * x / (2 * k + 1);
        }

        return 0.5 + NormalDensity(x) * sum;
    }

    /// <summary>½ (1 + tanh u) = σ(2u).</summary>
    private static double GeluTanhArgument(double z) => 2 * Math.Sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z);

    private static double GeluTanhDerivative(double z)
    {
        double gate = Sigmoid(GeluTanhArgument(z));
        double step = 1e-3;
        double slope = Math.Abs(z) > 20 ? 0 : (8 * (Gate(z + step) - Gate(z - step)) - Gate(z + 2 * step) + Gate(z - 2 * step)) / (12 * step);
        return gate + z * slope;

        static double Gate(double x) => Sigmoid(GeluTanhArgument(x));
    }

    private sealed record Case(Function Function, DerivativeTimes DerivativeTimes, Func<double, double> Value, Func<double, double> Derivative);
}
