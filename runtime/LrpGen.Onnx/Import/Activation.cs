using LrpGen.Onnx.Layers;

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
        return Activations.Candidates(new(constants))
            .Where(found => probes.Zip(values).All(probe => IsClose(probe.First, found.Candidate.Function(probe.First), probe.Second))
                && found.Candidate.Kinks.SelectMany(Around).All(x => IsClose(x, found.Candidate.Function(x), f(x))))
            .Select(found => ((string, string[])?)(found.Kind, found.Candidate.Arguments))
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
}

/// <summary>What an activation computes with arguments that it might have.</summary>
/// <param name="Arguments">In C#.</param>
/// <param name="Function">What it computes.</param>
/// <param name="Kinks">Where it changes with its arguments.</param>
internal sealed record Candidate(string[] Arguments, Func<double, double> Function, params double[] Kinks);

/// <summary>The numbers in a function, of which the arguments of an activation may be some.</summary>
internal sealed class FunctionNumbers(IReadOnlyList<double> all)
{
    public IReadOnlyList<double> Finite { get; } = [.. all.Where(double.IsFinite)];

    public IReadOnlyList<double> Positive { get; } = [.. all.Where(number => double.IsFinite(number) && (float)number > 0)];

    /// <summary>Infinite ones as the largest in float32.</summary>
    public IReadOnlyList<double> Bounds { get; } =
    [
        .. all
            .Where(number => !double.IsNaN(number))
            .Select(number => Math.Clamp(number, float.MinValue, float.MaxValue))
            .Distinct()
            .Order(),
    ];
}
