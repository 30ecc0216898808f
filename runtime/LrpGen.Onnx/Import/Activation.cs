namespace LrpGen.Onnx.Import;

/// <summary>
/// Finds the activation that a function is, however its operators are arranged, by its values. The arguments come from the numbers in it.
/// </summary>
internal static class Activation
{
    /// <summary>
    /// Relative to the larger of x and f(x): far below the difference of any two activations, above what rounding constants to float32 does.
    /// </summary>
    private const double Tolerance = 1e-6;

    /// <summary>Below it nothing differs in float32 beside what else a network computes.</summary>
    private const double Negligible = 1e-12;

    /// <summary>Numbers of which all quotients are probed; functions with more are no activation that has a threshold.</summary>
    private const int MostPaired = 8;

    /// <summary>0, and √2 to the powers of all scales that numbers in float32 have without being extreme.</summary>
    private static readonly double[] Scales = [0, .. Enumerable.Range(-80, 180).Select(power => Math.Pow(2, power / 2.0))];

    /// <summary>PyTorch's name of the activation with its arguments in C#; null if it is none.</summary>
    /// <param name="f">The function.</param>
    /// <param name="constants">The numbers in it.</param>
    public static (string Kind, string[] Arguments)? Find(Func<double, double> f, IReadOnlyList<double> constants)
    {
        if (double.IsNaN(f(1)))
        {
            return null;
        }

        double[] probes = Probes(constants);
        double[] values = Array.ConvertAll(probes, x => f(x));
        return Candidates(constants)
            .Where(candidate => probes.Zip(values).All(probe => IsClose(probe.First, candidate.Function(probe.First), probe.Second))
                && candidate.Kinks.SelectMany(Around).All(x => IsClose(x, candidate.Function(x), f(x))))
            .Select(candidate => ((string, string[])?)(candidate.Kind, candidate.Arguments))
            .FirstOrDefault();
    }

    /// <summary>Scale and shift, if the function is x · scale + shift.</summary>
    public static (float Scale, float Shift)? FindScaling(Func<double, double> f, IReadOnlyList<double> constants)
    {
        double shift = f(0);
        double scale = f(1) - shift;
        return double.IsFinite(scale) && double.IsFinite(shift) && Probes(constants).All(x => IsClose(x, f(x), (x * scale) + shift))
            ? ((float)scale, (float)shift)
            : null;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>The error function to 1.5e-7, which is enough because both sides of a comparison use it. Abramowitz and Stegun, 7.1.26.</summary>
    public static double Erf(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double polynomial = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.CopySign(1 - (polynomial * Math.Exp(-x * x)), x);
    }

    public static double Gelu(double x) => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    public static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    /// <summary>PyTorch's α of SELU.</summary>
    public const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <summary>PyTorch's scale of SELU.</summary>
    public const double SeluGamma = 1.0507009873554804934193349852946;

    public static double Elu(double x, double alpha) => x > 0 ? x : alpha * (Math.Exp(x) - 1);

    public static double Selu(double x, double alpha, double gamma) => gamma * Elu(x, alpha);

    public static double Celu(double x, double alpha) => Math.Max(x, 0) + Math.Min(alpha * (Math.Exp(x / alpha) - 1), 0);

    public static double Hardsigmoid(double x) => Math.Clamp((x / 6) + 0.5, 0, 1);

    public static double Mish(double x) => x * Math.Tanh(Softplus(x));

    public static double Softsign(double x) => x / (1 + Math.Abs(x));

    private static IEnumerable<Candidate> Candidates(IReadOnlyList<double> constants)
    {
        double[] finite = [.. constants.Where(double.IsFinite)];
        double[] positive = [.. finite.Where(number => (float)number > 0)];
        double[] bounds =
        [
            .. constants
                .Where(number => !double.IsNaN(number))
                .Select(number => Math.Clamp(number, float.MinValue, float.MaxValue))
                .Distinct()
                .Order(),
        ];
        return
        [
            new("ReLU", [], x => Math.Max(x, 0)),
            new("ReLU6", [], x => Math.Clamp(x, 0, 6), 6),
            new("GELU", [], Gelu),
            new("GELU", ["Approximate = GeluApproximation.Tanh"], GeluTanh),
            new("SiLU", [], x => x * Sigmoid(x)),
            new("Sigmoid", [], Sigmoid),
            new("Tanh", [], Math.Tanh),
            new("Softplus", [], Softplus),
            new("ELU", [], x => Elu(x, 1)),
            new("Hardswish", [], x => x * Hardsigmoid(x), -3, 3),
            new("Hardsigmoid", [], Hardsigmoid, -3, 3),
            new("Mish", [], Mish),
            new("SELU", [], x => Selu(x, SeluAlpha, SeluGamma)),
            new("Softsign", [], Softsign),
            new("LogSigmoid", [], x => -Softplus(-x)),
            .. finite.Select(slope => new Candidate("LeakyReLU", [CSharp.Number(slope)], x => x >= 0 ? x : slope * x)),
            .. finite.Select(alpha => new Candidate("ELU", [CSharp.Number(alpha)], x => Elu(x, alpha))),
            .. positive.Select(alpha => new Candidate("CELU", [CSharp.Number(alpha)], x => Celu(x, alpha), -alpha)),
            .. from beta in positive.Append(1)
               from threshold in finite.Append(double.PositiveInfinity)
               let arguments = double.IsFinite(threshold) ? [CSharp.Number(beta), CSharp.Number(threshold)] : new[] { CSharp.Number(beta) }
               select new Candidate("Softplus", arguments, x => beta * x > threshold ? x : Softplus(beta * x) / beta, threshold / beta),
            .. from min in bounds
               from max in bounds
               where min < max
               select new Candidate("Hardtanh", [CSharp.Number(min), CSharp.Number(max)], x => Math.Clamp(x, min, max), min, max),
        ];
    }

    /// <summary>All scales, and around where a comparison with the numbers in a function may turn out differently.</summary>
    private static double[] Probes(IReadOnlyList<double> constants)
    {
        double[] numbers = [.. constants.Where(number => number != 0 && double.IsFinite(number)).Select(Math.Abs)];
        IEnumerable<double> kinks = numbers.Length > MostPaired
            ? numbers
            : numbers.SelectMany(number => numbers.Append(1).Select(other => number / other));
        return [.. Scales.Concat(kinks.Distinct().SelectMany(Around)).SelectMany(x => new[] { x, -x })];
    }

    private static double[] Around(double kink) => Math.Abs(kink) < float.MaxValue ? [kink * (1 - 1e-3), kink, kink * (1 + 1e-3)] : [];

    private static bool IsClose(double x, double expected, double actual) =>
        Math.Abs(expected - actual) <= (Tolerance * Math.Max(Math.Abs(x), Math.Abs(expected))) + Negligible;

    /// <summary>An activation with arguments that it might have.</summary>
    /// <param name="Kind">PyTorch's name.</param>
    /// <param name="Arguments">In C#.</param>
    /// <param name="Function">What it computes.</param>
    /// <param name="Kinks">Where it changes with its arguments.</param>
    private sealed record Candidate(string Kind, string[] Arguments, Func<double, double> Function, params double[] Kinks);
}
