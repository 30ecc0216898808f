using CsCheck;
using LrpGen.Execution;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A function of each value by itself.</summary>
internal abstract record ElementwiseSpec : LayerSpec
{
    public override LayerKinds Kind => LayerKinds.OtherActivation;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    protected static LayerCase Case(ElementwiseSpec layer, string suffix = "") => new(suffix, [3, 5], layer);
}

/// <summary>
/// A function with its derivative, both to the rounding of double; at a kink PyTorch's choice of derivative, which is the left one.
/// </summary>
internal abstract record Activation : ElementwiseSpec
{
    /// <summary>Part of one among random layers; all of them together have that of four other kinds.</summary>
    protected const int Part = 3;

    /// <summary>What generated code computes it with.</summary>
    public abstract RuntimeFunction Runtime { get; }

    public abstract double F(double x);

    public abstract double Derivative(double x);

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new ActivationLayer(inputs[0].Shape, Kind, (x, _) => F(x), (x, _) => Derivative(x));

    /// <summary>σ(x).</summary>
    protected static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>eˣ − 1 = 2 e^(x/2) sinh(x/2), without cancellation near 0.</summary>
    protected static double ExpMinusOne(double x) => x < -1 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>ln(1 + eˣ), without cancellation and overflow, by ln(1 + t) = 2 artanh(t / (2 + t)).</summary>
    protected static double LogOnePlusExp(double x)
    {
        double t = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (2 * Math.Atanh(t / (2 + t)));
    }

    /// <summary>What is tried of a function.</summary>
    /// <param name="form">The function, with arguments if it has some.</param>
    protected static LayerTrials TrialsOf(Activation form) => TrialsOf(form, Gen.Const(form));

    /// <summary>What is tried of a function with parameters.</summary>
    protected static LayerTrials TrialsOf<T>(T form, Gen<T> any)
        where T : Activation => new(LayerFamily.Activations)
        {
            Cases = [Case(form)],
            Shapes = [],
            Faults = [],
            Random = input => input.Conserving && form.F(0) != 0 ? [] : [new(Part, Part, any.Select(layer => (LayerSpec)layer))],
        };
}

internal sealed record ReLU : Activation, ITried
{
    /// <summary>One in three random activations is a ReLU.</summary>
    public static LayerTrials Trials => TrialsOf(new ReLU()) with { Random = _ => [new(28, 28, new ReLU())] };

    public override LayerKinds Kind => LayerKinds.ReLU;

    public override RuntimeFunction Runtime => RuntimeFunction.InFloat(new ReLUFunction());

    public override double F(double x) => Math.Max(x, 0);

    public override double Derivative(double x) => x > 0 ? 1 : 0;
}

internal sealed record ReLU6 : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new ReLU6());

    public override RuntimeFunction Runtime => RuntimeFunction.InFloat(new ReLU6Function());

    public override double F(double x) => Math.Clamp(x, 0, 6);

    public override double Derivative(double x) => x is > 0 and < 6 ? 1 : 0;
}

internal sealed record LeakyReLU(double Slope = 0.01) : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new LeakyReLU(0.2), Gen.Double[0.01, 0.5].Select(slope => new LeakyReLU(slope))) with
    {
        Faults =
        [
            new("LRP0008", "slope of LeakyReLU must be a finite float, but is NaN", "[Network(3)] [LeakyReLU([|double.NaN|])]"),
            new("LRP0008", "slope of LeakyReLU must be a finite float, but is 1e300", "[Network(3)] [LeakyReLU([|1e300|])]"),
        ],
    };

    protected override IEnumerable<string> Arguments => [Text(Slope)];

    public override RuntimeFunction Runtime => RuntimeFunction.InFloat(new LeakyReLUFunction(Slope));

    public override double F(double x) => x > 0 ? x : Slope * x;

    public override double Derivative(double x) => x > 0 ? 1 : Slope;
}

internal sealed record ELU(double Alpha = 1) : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new ELU(0.7), Gen.Double[0.5, 2].Select(α => new ELU(α))) with
    {
        Exports = [Case(new ELU(0.7)), Case(new ELU(1), "One")],
    };

    protected override IEnumerable<string> Arguments => [Text(Alpha)];

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new ELUFunction(Alpha));

    public override double F(double x) => x > 0 ? x : Alpha * ExpMinusOne(x);

    public override double Derivative(double x) => x > 0 ? 1 : Alpha * Math.Exp(x);
}

internal sealed record CELU(double Alpha = 1) : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new CELU(0.7), Gen.Double[0.5, 2].Select(α => new CELU(α)));

    protected override IEnumerable<string> Arguments => [Text(Alpha)];

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new CELUFunction(Alpha));

    public override double F(double x) => x > 0 ? x : Alpha * ExpMinusOne(x / Alpha);

    public override double Derivative(double x) => x > 0 ? 1 : Math.Exp(x / Alpha);
}

/// <summary>With the constants of Klambauer et al. 2017.</summary>
internal sealed record SELU : Activation, ITried
{
    private const double Alpha = 1.6732632423543772848170429916717;

    private const double Scale = 1.0507009873554804934193349852946;

    public static LayerTrials Trials => TrialsOf(new SELU());

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new SELUFunction());

    public override double F(double x) => Scale * (x > 0 ? x : Alpha * ExpMinusOne(x));

    public override double Derivative(double x) => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x));
}

/// <summary>x Φ(x).</summary>
internal sealed record GELU : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new GELU()) with
    {
        Cases = [Case(new GELU()), Case(new GELU { Approximate = true }, "Tanh")],
        Faults =
        [
            new(
                "LRP0008",
                "Approximate of GELU must be one of None, Tanh, but is 7",
                "[Network(3)] [GELU([|Approximate = (GeluApproximation)7|])]"),
        ],
        Random = _ => [new(Part, Part, new GELU()), new(Part, Part, new GELU { Approximate = true })],
    };

    /// <summary>Whether Φ is approximated by tanh.</summary>
    public bool Approximate { get; init; }

    public override bool IsGate => true;

    protected override IEnumerable<string> Arguments => Approximate ? ["Approximate = GeluApproximation.Tanh"] : [];

    public override RuntimeFunction Runtime =>
        Approximate ? RuntimeFunction.InDouble(new GELUTanhFunction()) : RuntimeFunction.InDouble(new GELUFunction());

    // ½ (1 + tanh u) = σ(2u).
    public override double F(double x) => x * (Approximate ? Logistic(2 * Inner(x)) : Normal(x));

    public override double Derivative(double x)
    {
        double u = Inner(x);
        return Approximate
            ? Logistic(2 * u) + (2 * x * Logistic(2 * u) * Logistic(-2 * u) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)))
            : Normal(x) + (x * Density(x));
    }

    /// <summary>√(2/π) (x + 0.044715 x³).</summary>
    private static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    /// <summary>φ(x), the standard normal density.</summary>
    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// Φ(x): near 0 the series ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …), Marsaglia 2004; left of it Laplace's continued fraction, which cancels nothing.
    /// </summary>
    private static double Normal(double x)
    {
        if (x > 3)
        {
            return 1 - Normal(-x);
        }

        if (x < -3)
        {
            double fraction = -x;
            for (int k = 100; k > 0; k--)
            {
                fraction = (k / fraction) - x;
            }

            return Density(x) / fraction;
        }

        double sum = 0;
        double term = x;
        for (int k = 3; sum + term != sum; k += 2)
        {
            sum += term;
            term *= x * x / k;
        }

        return 0.5 + (Density(x) * sum);
    }
}

/// <summary>x σ(x).</summary>
internal sealed record SiLU : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new SiLU());

    public override bool IsGate => true;

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new SiLUFunction());

    public override double F(double x) => x * Logistic(x);

    public override double Derivative(double x) => Logistic(x) * (1 + (x * Logistic(-x)));
}

internal sealed record Sigmoid : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new Sigmoid());

    public override bool IsGate => true;

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new SigmoidFunction());

    public override double F(double x) => Logistic(x);

    public override double Derivative(double x) => Logistic(x) * Logistic(-x);
}

internal sealed record Tanh : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new Tanh());

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new TanhFunction());

    public override double F(double x) => Math.Tanh(x);

    public override double Derivative(double x) => Math.Pow(Math.Cosh(x), -2);
}

internal sealed record Softplus(double Beta = 1, double Threshold = 20) : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(
        new Softplus(0.8, 2), Gen.Select(Gen.Double[0.5, 2], Gen.OneOf(1.0, 20)).Select((β, threshold) => new Softplus(β, threshold))) with
    {
        Cases =
        [
            Case(new Softplus(0.8, 2), "WithLowThreshold"),
            Case(new Softplus(0.75, 20), "Usual"),
            Case(new Softplus(1, -1), "WithNegativeThreshold"),
        ],
        Exports = [Case(new Softplus(1, 20), "Usual"), Case(new Softplus(3, 20), "Steep"), Case(new Softplus(2, 0.5), "WithLowThreshold")],
        Faults = [new("LRP0008", "beta of Softplus must be a finite float above 0, but is 0", "[Network(3)] [Softplus([|0|])]")],
    };

    protected override IEnumerable<string> Arguments => [Text(Beta), Text(Threshold)];

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new SoftplusFunction(Beta, Threshold));

    public override double F(double x) => Beta * x > Threshold ? x : LogOnePlusExp(Beta * x) / Beta;

    public override double Derivative(double x) => Beta * x > Threshold ? 1 : Logistic(Beta * x);
}

/// <summary>x tanh(ln(1 + eˣ)).</summary>
internal sealed record Mish : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new Mish());

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new MishFunction());

    public override double F(double x) => x * Math.Tanh(LogOnePlusExp(x));

    public override double Derivative(double x) =>
        Math.Tanh(LogOnePlusExp(x)) + (x * Logistic(x) / Math.Pow(Math.Cosh(LogOnePlusExp(x)), 2));
}

/// <summary>x min(max(x / 6 + ½, 0), 1).</summary>
internal sealed record Hardswish : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new Hardswish());

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new HardswishFunction());

    public override double F(double x) => x * Math.Clamp((x + 3) / 6, 0, 1);

    public override double Derivative(double x) => x <= -3 ? 0 : x < 3 ? (x / 3) + 0.5 : 1;
}

/// <summary>min(max(x / 6 + ½, 0), 1).</summary>
internal sealed record Hardsigmoid : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new Hardsigmoid());

    public override bool IsGate => true;

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new HardsigmoidFunction());

    public override double F(double x) => Math.Clamp((x + 3) / 6, 0, 1);

    public override double Derivative(double x) => x is > -3 and < 3 ? 1.0 / 6 : 0;
}

internal sealed record Hardtanh(double Min = -1, double Max = 1) : Activation, ITried
{
    public static LayerTrials Trials =>
        TrialsOf(new Hardtanh(-0.5, 2), Gen.Select(Gen.Double[-2, 0], Gen.Double[0.5, 3], (min, max) => new Hardtanh(min, max))) with
        {
            Cases = [Case(new Hardtanh(-0.5, 2)), Case(new Hardtanh(0.5, 2), "AboveZero")],
        };

    protected override IEnumerable<string> Arguments => [Text(Min), Text(Max)];

    public override RuntimeFunction Runtime => RuntimeFunction.InFloat(new HardtanhFunction(Min, Max));

    public override double F(double x) => Math.Clamp(x, Min, Max);

    public override double Derivative(double x) => x > Min && x < Max ? 1 : 0;
}

/// <summary>x / (1 + |x|).</summary>
internal sealed record Softsign : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new Softsign());

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new SoftsignFunction());

    public override double F(double x) => x / (1 + Math.Abs(x));

    public override double Derivative(double x) => Math.Pow(1 + Math.Abs(x), -2);
}

/// <summary>ln σ(x).</summary>
internal sealed record LogSigmoid : Activation, ITried
{
    public static LayerTrials Trials => TrialsOf(new LogSigmoid());

    public override RuntimeFunction Runtime => RuntimeFunction.InDouble(new LogSigmoidFunction());

    public override double F(double x) => -LogOnePlusExp(-x);

    public override double Derivative(double x) => Logistic(-x);
}

/// <summary>x, or w x where x &lt; 0, with one w or one for each channel.</summary>
/// <param name="Parameters">1 or the number of channels; null if that is for the weight file to say, which has one each here.</param>
internal sealed record PReLU(int? Parameters = null) : ElementwiseSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Activations)
    {
        Cases = [Case(new PReLU()), Case(new PReLU(1), "OfOne")],
        Exports = [new("OfImage", [3, 5, 4], new PReLU()), new("OfFeatures", [6], new PReLU())],
        Shapes = [],
        Faults = [],
        Random = _ => [new(2, 2, new PReLU()), new(2, 2, new PReLU(1))],
    };

    protected override IEnumerable<string> Arguments => Parameters is int parameters ? [Text(parameters)] : [];

    public override int? ChannelAxis(Shape input, int? ofInput) => 0;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => [("weight", Shape.Of(Parameters ?? input[0]))];

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        double[] w = weights[NameOf("weight")];
        return new ActivationLayer(input, Kind, (x, i) => x > 0 ? x : SlopeOf(i) * x, (x, i) => x > 0 ? 1 : SlopeOf(i));

        double SlopeOf(int i) => w[w.Length == 1 ? 0 : input.Position(0, i)];
    }
}
