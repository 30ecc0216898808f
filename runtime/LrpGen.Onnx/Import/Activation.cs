namespace LrpGen.Onnx.Import;

/// <summary>
/// Finds the activation that a function is, however its operators are arranged, by its values. The arguments come from the numbers in it.
/// </summary>
internal static class Activation
{
    /// <summary>Far below the difference of any two activations, above what rounding the constants to float32 does.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Around 0, around ReLU6's kink, where the exponentials matter, and far out.</summary>
    private static readonly double[] Probes =
        [.. new[] { 0, 1e-3, 0.1, 0.5, 1, 1.7, 2.5, 3.1, 4.2, 5.9, 6.5, 9, 14, 19, 21, 50, 1e3, 1e6 }.SelectMany(x => new[] { x, -x })];

    /// <summary>PyTorch's name of the activation with its arguments in C#; null if it is none.</summary>
    /// <param name="f">The function.</param>
    /// <param name="constants">The numbers in it.</param>
    public static (string Kind, string[] Arguments)? Find(Func<double, double> f, IReadOnlyList<double> constants)
    {
        double[] values = Array.ConvertAll(Probes, x => f(x));
        return Candidates(constants)
            .Where(candidate => Probes.Zip(values).All(probe => IsClose(candidate.Function(probe.First), probe.Second)))
            .Select(candidate => ((string, string[])?)(candidate.Kind, candidate.Arguments))
            .FirstOrDefault();
    }

    /// <summary>Scale and shift, if the function is x · scale + shift.</summary>
    public static (float Scale, float Shift)? FindScaling(Func<double, double> f)
    {
        double shift = f(0);
        double scale = f(1) - shift;
        return Probes.All(x => IsClose(f(x), (x * scale) + shift)) ? ((float)scale, (float)shift) : null;
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

    public static double Elu(double x, double alpha) => x > 0 ? x : alpha * (Math.Exp(x) - 1);

    private static IEnumerable<(string Kind, string[] Arguments, Func<double, double> Function)> Candidates(IReadOnlyList<double> constants) =>
    [
        ("ReLU", [], x => Math.Max(x, 0)),
        ("ReLU6", [], x => Math.Clamp(x, 0, 6)),
        ("GELU", [], Gelu),
        ("GELU", ["Approximate = GeluApproximation.Tanh"], GeluTanh),
        ("SiLU", [], x => x * Sigmoid(x)),
        ("Sigmoid", [], Sigmoid),
        ("Tanh", [], Math.Tanh),
        ("Softplus", [], Softplus),
        ("ELU", [], x => Elu(x, 1)),
        .. constants.Select(slope => ("LeakyReLU", new[] { CSharp.Number(slope) }, (Func<double, double>)(x => x >= 0 ? x : slope * x))),
        .. constants.Select(alpha => ("ELU", new[] { CSharp.Number(alpha) }, (Func<double, double>)(x => Elu(x, alpha)))),
        .. from beta in constants.Where(number => number > 0).Append(1)
           from threshold in constants.Append(double.PositiveInfinity)
           let arguments = double.IsFinite(threshold) ? [CSharp.Number(beta), CSharp.Number(threshold)] : new[] { CSharp.Number(beta) }
           select ("Softplus", arguments, (Func<double, double>)(x => beta * x > threshold ? x : Softplus(beta * x) / beta)),
    ];

    private static bool IsClose(double expected, double actual) => Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));
}
