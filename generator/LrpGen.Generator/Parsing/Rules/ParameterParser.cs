using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>Parameters of rules and procedures: as their attributes give them, and as an explanation replaces them.</summary>
internal static class ParameterParser
{
    /// <summary>A parameter that an attribute gives, under the name of its property or of its constructor parameter; null if it does not.</summary>
    public static ParameterValue? Parse(Arguments arguments, RuleParameter parameter)
    {
        if (SingleName(arguments, parameter) is not { } name)
        {
            return null;
        }

        double minimum = parameter switch
        {
            RuleParameter.Low or RuleParameter.High or RuleParameter.Baseline => float.MinValue,
            RuleParameter.RandomSeed => int.MinValue,
            RuleParameter.Steps or RuleParameter.Samples or RuleParameter.Window or RuleParameter.Stride => 1,
            _ => 0,
        };
        int maximum = parameter == RuleParameter.RandomSeed ? int.MaxValue : Limits.Size;
        return new ParameterValue(
            parameter, [parameter.IsInteger() ? arguments.Integer(0, (int)minimum, maximum, name) : arguments.Number(name, 0, minimum)]);
    }

    /// <summary>Bounds per input channel; null if the attribute does not give them.</summary>
    /// <param name="arguments">Those of an <c>[Explain]</c>.</param>
    /// <param name="parameter">Low or High.</param>
    /// <param name="channels">How many bounds there must be.</param>
    public static ParameterValue? ParsePerChannel(Arguments arguments, RuleParameter parameter, int channels)
    {
        string name = parameter + "s";
        EquatableArray<double> values = arguments.Array<double>(name);
        if (values.Count == 0)
        {
            return null;
        }

        if (values.Count != channels)
        {
            arguments.Fault(Descriptors.BadBounds, name, $"{name} has {values.Count} values, but the input has {channels} channels");
        }

        foreach (double value in values.Where(value => !(Math.Abs(value) <= float.MaxValue)))
        {
            arguments.OutOfRange(name, "finite floats", value);
        }

        return new ParameterValue(parameter, values);
    }

    /// <summary>Whether α − β = 1 and the low bounds are below the high ones; reports it if not, on an argument that is given.</summary>
    /// <param name="arguments">Where some of the parameters come from.</param>
    /// <param name="parameters">All parameters of a rule.</param>
    public static bool AreConsistent(Arguments arguments, EquatableArray<ParameterValue> parameters)
    {
        const double rounding = 1e-6;
        if (Find(parameters, RuleParameter.Alpha) is { } alpha
            && Find(parameters, RuleParameter.Beta) is { } beta
            && Math.Abs(alpha.Values[0] - beta.Values[0] - 1) > rounding)
        {
            string? name = GivenName(arguments, RuleParameter.Beta) ?? GivenName(arguments, RuleParameter.Alpha);
            arguments.Fault(Descriptors.AlphaMinusBeta, name, alpha, beta);
        }

        if (Find(parameters, RuleParameter.Low) is { } low
            && Find(parameters, RuleParameter.High) is { } high
            && Enumerable.Range(0, Math.Max(low.Values.Count, high.Values.Count)).Any(channel => Of(low, channel) >= Of(high, channel)))
        {
            string? name = GivenName(arguments, RuleParameter.High) ?? GivenName(arguments, RuleParameter.Low);
            arguments.Fault(Descriptors.BadBounds, name, $"Low ({low}) must be below High ({high})");
        }

        return arguments.Valid;
    }

    /// <summary>The argument that gives a parameter; null if none does.</summary>
    public static string? GivenName(Arguments arguments, RuleParameter parameter) =>
        arguments.Has(parameter + "s") ? parameter + "s" : SingleName(arguments, parameter);

    private static ParameterValue? Find(EquatableArray<ParameterValue> parameters, RuleParameter parameter) =>
        parameters.FirstOrDefault(candidate => candidate.Parameter == parameter && candidate.Values.Count > 0);

    private static double Of(ParameterValue bound, int channel) => bound.Values[Math.Min(channel, bound.Values.Count - 1)];

    private static string? SingleName(Arguments arguments, RuleParameter parameter) =>
        new[] { parameter.ToString(), parameter.Argument() }.FirstOrDefault(arguments.Has);
}
