using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>An elementwise function with its derivative; at a kink PyTorch's choice, which is the left one.</summary>
internal abstract record Activation : LayerSpec
{
    public override LayerKinds Kind => LayerKinds.OtherActivation;

    public abstract double F(double x);

    public abstract double Derivative(double x);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new ActivationLayer(inputs[0].Shape, Kind, (x, _) => F(x), (x, _) => Derivative(x));

    /// <summary>σ(x).</summary>
    protected static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}

internal sealed record ReLU : Activation
{
    public override LayerKinds Kind => LayerKinds.ReLU;

    public override double F(double x) => Math.Max(x, 0);

    public override double Derivative(double x) => x > 0 ? 1 : 0;
}

internal sealed record ReLU6 : Activation
{
    public override double F(double x) => Math.Clamp(x, 0, 6);

    public override double Derivative(double x) => x is > 0 and < 6 ? 1 : 0;
}

internal sealed record LeakyReLU(double Slope = 0.01) : Activation
{
    protected override IEnumerable<string> Arguments => [Text(Slope)];

    public override double F(double x) => x > 0 ? x : Slope * x;

    public override double Derivative(double x) => x > 0 ? 1 : Slope;
}

internal sealed record ELU(double Alpha = 1) : Activation
{
    protected override IEnumerable<string> Arguments => [Text(Alpha)];

    public override double F(double x) => x > 0 ? x : Alpha * (Math.Exp(x) - 1);

    public override double Derivative(double x) => x > 0 ? 1 : Alpha * Math.Exp(x);
}

internal sealed record CELU(double Alpha = 1) : Activation
{
    protected override IEnumerable<string> Arguments => [Text(Alpha)];

    public override double F(double x) => x > 0 ? x : Alpha * (Math.Exp(x / Alpha) - 1);

    public override double Derivative(double x) => x > 0 ? 1 : Math.Exp(x / Alpha);
}

/// <summary>With the constants of Klambauer et al. 2017.</summary>
internal sealed record SELU : Activation
{
    private const double Alpha = 1.6732632423543772848170429916717;

    private const double Scale = 1.0507009873554804934193349852946;

    public override double F(double x) => Scale * (x > 0 ? x : Alpha * (Math.Exp(x) - 1));

    public override double Derivative(double x) => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x));
}

/// <summary>x Φ(x).</summary>
internal sealed record GELU : Activation
{
    /// <summary>Whether Φ is approximated by tanh.</summary>
    public bool Approximate { get; init; }

    public override bool IsGate => true;

    protected override IEnumerable<string> Arguments => Approximate ? ["Approximate = GeluApproximation.Tanh"] : [];

    public override double F(double x) => x * (Approximate ? (1 + Math.Tanh(Inner(x))) / 2 : Normal(x));

    public override double Derivative(double x)
    {
        double t = Math.Tanh(Inner(x));
        return Approximate
            ? ((1 + t) / 2) + (x / 2 * (1 - (t * t)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)))
            : Normal(x) + (x * Density(x));
    }

    /// <summary>√(2/π) (x + 0.044715 x³).</summary>
    private static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    /// <summary>φ(x), the standard normal density.</summary>
    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …). Marsaglia 2004.</summary>
    private static double Normal(double x)
    {
        if (Math.Abs(x) > 9)
        {
            return x < 0 ? 0 : 1;
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
internal sealed record SiLU : Activation
{
    public override bool IsGate => true;

    public override double F(double x) => x * Logistic(x);

    public override double Derivative(double x) => Logistic(x) * (1 + (x * (1 - Logistic(x))));
}

internal sealed record Sigmoid : Activation
{
    public override bool IsGate => true;

    public override double F(double x) => Logistic(x);

    public override double Derivative(double x) => Logistic(x) * (1 - Logistic(x));
}

internal sealed record Tanh : Activation
{
    public override double F(double x) => Math.Tanh(x);

    public override double Derivative(double x) => 1 - (Math.Tanh(x) * Math.Tanh(x));
}

internal sealed record Softplus(double Beta = 1, double Threshold = 20) : Activation
{
    protected override IEnumerable<string> Arguments => [Text(Beta), Text(Threshold)];

    public override double F(double x) => Beta * x > Threshold ? x : Math.Log(1 + Math.Exp(Beta * x)) / Beta;

    public override double Derivative(double x) => Beta * x > Threshold ? 1 : Logistic(Beta * x);
}

/// <summary>x tanh(ln(1 + eˣ)).</summary>
internal sealed record Mish : Activation
{
    public override double F(double x) => x * Math.Tanh(Math.Log(1 + Math.Exp(x)));

    public override double Derivative(double x)
    {
        double t = Math.Tanh(Math.Log(1 + Math.Exp(x)));
        return t + (x * (1 - (t * t)) * Logistic(x));
    }
}

/// <summary>x min(max(x / 6 + ½, 0), 1).</summary>
internal sealed record Hardswish : Activation
{
    public override double F(double x) => x * Math.Clamp((x / 6) + 0.5, 0, 1);

    public override double Derivative(double x) => x < -3 ? 0 : x <= 3 ? (x / 3) + 0.5 : 1;
}

/// <summary>min(max(x / 6 + ½, 0), 1).</summary>
internal sealed record Hardsigmoid : Activation
{
    public override bool IsGate => true;

    public override double F(double x) => Math.Clamp((x / 6) + 0.5, 0, 1);

    public override double Derivative(double x) => x is > -3 and < 3 ? 1.0 / 6 : 0;
}

internal sealed record Hardtanh(double Min = -1, double Max = 1) : Activation
{
    protected override IEnumerable<string> Arguments => [Text(Min), Text(Max)];

    public override double F(double x) => Math.Clamp(x, Min, Max);

    public override double Derivative(double x) => x > Min && x < Max ? 1 : 0;
}

/// <summary>x / (1 + |x|).</summary>
internal sealed record Softsign : Activation
{
    public override double F(double x) => x / (1 + Math.Abs(x));

    public override double Derivative(double x) => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x)));
}

/// <summary>ln σ(x).</summary>
internal sealed record LogSigmoid : Activation
{
    public override double F(double x) => x < 0 ? x - Math.Log(1 + Math.Exp(x)) : -Math.Log(1 + Math.Exp(-x));

    public override double Derivative(double x) => 1 - Logistic(x);
}

/// <summary>x, or w x where x &lt; 0, with one w or one for each channel.</summary>
/// <param name="Parameters">1 or the number of channels; null if that is for the weight file to say, which has one each here.</param>
internal sealed record PReLU(int? Parameters = null) : LayerSpec
{
    public override LayerKinds Kind => LayerKinds.OtherActivation;

    protected override IEnumerable<string> Arguments => Parameters is int parameters ? [Text(parameters)] : [];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

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
