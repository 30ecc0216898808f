namespace LrpGen.Generator.Rules;

/// <summary>The runtime's procedures: of each, an attribute for composites, and a class of that name that runs it.</summary>
internal enum ProcedureKind
{
    AlongPath,
    WithNoise,
    Occlude,
    AtRoot,
}

/// <summary>At which points a network is run, and how what it gives there is combined to an explanation.</summary>
/// <param name="Kind">Which procedure.</param>
/// <param name="Parameters">All that it has; of the bounds of <see cref="ProcedureKind.AtRoot"/> each may have no value.</param>
internal sealed record Procedure(ProcedureKind Kind, EquatableArray<ParameterValue> Parameters)
{
    /// <summary>Whether the network only predicts, so that there are no rules.</summary>
    public bool OnlyPredicts => Kind == ProcedureKind.Occlude;

    /// <summary>Whether it takes what the rules give for the gradient of the explained output.</summary>
    public bool TakesGradient => Kind is ProcedureKind.AlongPath or ProcedureKind.AtRoot;

    /// <summary>Whether it makes inputs of its own, so that these must be numbers.</summary>
    public bool IsOfNumbers => Kind == ProcedureKind.AtRoot;

    /// <summary>The point x₀ that a call may give, by the name of its parameter; null if there is none.</summary>
    public string? Reference => Kind switch
    {
        ProcedureKind.AlongPath => "baseline",
        ProcedureKind.AtRoot => "root",
        _ => null,
    };

    /// <summary>The procedure with those of the values that are for one of its parameters.</summary>
    public Procedure With(IReadOnlyList<ParameterValue> overrides) => this with { Parameters = ParameterValue.Replace(Parameters, overrides) };

    /// <summary>For people: <c>WithNoise(Samples = 16, Noise = 0.1, RandomSeed = 0)</c>.</summary>
    public string Display
    {
        get
        {
            IEnumerable<string> known = Parameters.Where(own => own.Values.Count > 0).Select(own => $"{own.Parameter} = {own}");
            return $"{Kind}({string.Join(", ", known)})";
        }
    }

    /// <summary>The parameters of a kind, in the order of its class.</summary>
    public static EquatableArray<RuleParameter> ParametersOf(ProcedureKind kind) => kind switch
    {
        ProcedureKind.AlongPath => [RuleParameter.Steps, RuleParameter.Baseline],
        ProcedureKind.WithNoise => [RuleParameter.Samples, RuleParameter.Noise, RuleParameter.RandomSeed],
        ProcedureKind.Occlude => [RuleParameter.Window, RuleParameter.Stride, RuleParameter.Baseline],
        _ => [RuleParameter.Low, RuleParameter.High],
    };

    public ParameterValue this[RuleParameter parameter] => Parameters.First(own => own.Parameter == parameter);
}
