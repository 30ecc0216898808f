namespace LrpGen.Generator.Rules;

/// <summary>
/// A parameter of rules and procedures. Beginning in lower case, the name of a constructor parameter of its class; as it is, that of a property.
/// </summary>
internal enum RuleParameter
{
    Epsilon,
    Gamma,
    Alpha,
    Beta,
    Low,
    High,

    /// <summary>ε of a rule that has no parameter Epsilon.</summary>
    Stabilizer,

    // Of procedures:
    Steps,
    Samples,
    Noise,
    RandomSeed,
    Window,
    Stride,
    Baseline,
}

internal static class RuleParameters
{
    public static bool IsInteger(this RuleParameter parameter) =>
        parameter is RuleParameter.Steps or RuleParameter.Samples or RuleParameter.RandomSeed or RuleParameter.Window or RuleParameter.Stride;

    /// <summary>Whether rules have it; procedures have the others, and the bounds too.</summary>
    public static bool IsOfRules(this RuleParameter parameter) =>
        parameter is RuleParameter.Epsilon or RuleParameter.Gamma or RuleParameter.Alpha or RuleParameter.Beta
            or RuleParameter.Low or RuleParameter.High or RuleParameter.Stabilizer;

    /// <summary>Name of the constructor parameter.</summary>
    public static string Argument(this RuleParameter parameter) => char.ToLowerInvariant(parameter.ToString()[0]) + parameter.ToString().Substring(1);
}

/// <summary>A parameter with its value.</summary>
/// <param name="Values">One; for Low and High one or as many as the input has channels; none if it is not known yet.</param>
internal sealed record ParameterValue(RuleParameter Parameter, EquatableArray<double> Values)
{
    /// <summary>Whether it is a lower bound by which the network's input cannot be negative.</summary>
    public bool SaysNonNegative => Parameter == RuleParameter.Low && Values.All(value => value >= 0);

    /// <summary>Parameters with those of the values that are for one of them.</summary>
    public static EquatableArray<ParameterValue> Replace(EquatableArray<ParameterValue> parameters, IReadOnlyList<ParameterValue> values) =>
        parameters.Select(own => values.FirstOrDefault(given => given.Parameter == own.Parameter) ?? own).ToEquatableArray();

    /// <summary>For people: <c>0.25</c>, <c>[-2.1, -2, -1.8]</c>, and of many values only the first and the last.</summary>
    public override string ToString() => Values.Count switch
    {
        1 => Numbers.Display(Values[0]),
        <= 4 => $"[{string.Join(", ", Values.Select(Numbers.Display))}]",
        _ => $"[{Numbers.Display(Values[0])}, …, {Numbers.Display(Values[Values.Count - 1])}]",
    };
}
