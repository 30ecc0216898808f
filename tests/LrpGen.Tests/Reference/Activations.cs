using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>The activations with their derivatives; at a kink PyTorch's choice, which is the left one.</summary>
internal static class Activations
{
    /// <summary>An elementwise activation.</summary>
    public static ActivationLayer Create(LayerSpec layer, Shape shape)
    {
        (Func<double, double> f, Func<double, double> derivative) = FunctionOf(layer);
        return new(
            shape,
            layer.Op == "ReLU" ? LayerKinds.ReLU : LayerKinds.OtherActivation,
            f,
            derivative);
    }

    private static (Func<double, double> F, Func<double, double> Derivative) FunctionOf(LayerSpec layer)
    {
        IReadOnlyList<double> p = layer.Parameters;
        return layer.Op switch
        {
            "ReLU" => (x => Math.Max(x, 0), x => x > 0 ? 1 : 0),
            "ReLU6" => (x => Math.Clamp(x, 0, 6), x => x is > 0 and < 6 ? 1 : 0),
            "LeakyReLU" => (x => x > 0 ? x : p[0] * x, x => x > 0 ? 1 : p[0]),
            "ELU" => (x => x > 0 ? x : p[0] * (Math.Exp(x) - 1), x => x > 0 ? 1 : p[0] * Math.Exp(x)),
            "GELU" when layer.Approximate => (x => x * (1 + Math.Tanh(Inner(x))) / 2, GeluTanhDerivative),
            "GELU" => (x => x * Normal(x), x => Normal(x) + (x * Density(x))),
            "SiLU" => (x => x * Sigmoid(x), x => Sigmoid(x) * (1 + (x * (1 - Sigmoid(x))))),
            "Sigmoid" => (Sigmoid, x => Sigmoid(x) * (1 - Sigmoid(x))),
            "Tanh" => (Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x))),
            "Softplus" => (x => p[0] * x > p[1] ? x : Math.Log(1 + Math.Exp(p[0] * x)) / p[0], x => p[0] * x > p[1] ? 1 : Sigmoid(p[0] * x)),
            _ => throw new ArgumentException($"'{layer.Op}' is no activation.", nameof(layer)),
        };
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

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

    /// <summary>√(2/π) (x + 0.044715 x³).</summary>
    private static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double GeluTanhDerivative(double x)
    {
        double t = Math.Tanh(Inner(x));
        return ((1 + t) / 2) + (x / 2 * (1 - (t * t)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)));
    }
}
