namespace LrpGen.Generator.Rules;

/// <summary>The runtime's enum of that name: what must be known for a rule to apply.</summary>
internal enum Condition
{
    Always,
    BoundsGiven,
    NonNegativeInput,
}

/// <summary>A rule attribute of a composite: which layers it is for, and its parameters before an explanation replaces some.</summary>
/// <param name="Name">As the user wrote it, such as <c>ZPlus</c>.</param>
/// <param name="Shares">What it does at layers with weights.</param>
/// <param name="Gate">What it does at activations.</param>
/// <param name="Parameters">All that its formula or its constructor names, and the stabiliser.</param>
/// <param name="On">Kinds of layers.</param>
/// <param name="First">Whether it is only for the first linear or convolutional layer.</param>
/// <param name="Layer">Name of the only layer that it is for; null for all.</param>
/// <param name="When">A condition on the network's input.</param>
internal sealed record RuleTemplate(
    string Name,
    EquatableArray<ShareFormula> Shares,
    Gate? Gate,
    EquatableArray<ParameterValue> Parameters,
    LayerKinds On,
    bool First,
    string? Layer,
    Condition When)
{
    /// <summary>Whether it is for a kind of layers: one for linear layers is for projections, too.</summary>
    public bool IsFor(LayerKinds kind) => (On & kind) != 0 || (kind == LayerKinds.Projection && (On & LayerKinds.Linear) != 0);

    /// <summary>Whether the rule needs the bounds of the network's input.</summary>
    public bool IsBox => Shares.Any(share => share.Terms.Any(term => term.Input is InputPart.Low or InputPart.High));

    /// <summary>Whether it says something of normalisations, which know no parts of weights: in proportion, the derivative, or Pass.</summary>
    public bool IsForNormalizations => Gate == Rules.Gate.Pass
        || (Shares.Count > 0 && Shares.All(share => Term.AreProportional(share.Terms)))
        || IsDerivative;

    /// <summary>Whether it shares all in proportion to what each input adds.</summary>
    public bool IsProportional => Shares.Count == 1
        && Shares[0] is { Normalized: true, Where: OutputSign.Any, Scale: { Factor: 1, Parameter: null } }
        && Term.AreProportional(Shares[0].Terms);

    private bool IsDerivative => Shares.Count == 1
        && Shares[0] is { Where: OutputSign.Any, Scale: { Factor: 1, Parameter: null } }
        && Term.AreDerivative(Shares[0].Terms, Shares[0].Normalized);

    /// <summary>Whether what an explanation gives is one of the rule's parameters, or part of its condition.</summary>
    public bool Uses(ParameterValue given) =>
        Parameters.Any(own => own.Parameter == given.Parameter) || (When == Condition.NonNegativeInput && given.SaysNonNegative);

    /// <summary>Whether the rule needs a parameter that has no value.</summary>
    public bool Lacks(RuleParameter parameter) => Parameters.Any(own => own.Parameter == parameter && own.Values.Count == 0);

    /// <summary>The template with those of the values that are for one of its parameters.</summary>
    public RuleTemplate With(IReadOnlyList<ParameterValue> overrides) => this with { Parameters = ParameterValue.Replace(Parameters, overrides) };

    /// <summary>The rule; every parameter must have a value.</summary>
    public Rule ToRule() => new(
        Name,
        Display(),
        Shares.Select(Resolve).ToEquatableArray(),
        Gate,
        Number(RuleParameter.Gamma, 0),
        Values(RuleParameter.Low),
        Values(RuleParameter.High),
        Number(RuleParameter.Epsilon, Number(RuleParameter.Stabilizer, 0)));

    private Share Resolve(ShareFormula share)
    {
        double factor = share.Scale.Parameter is { } parameter ? Number(parameter, 1) : 1;
        return new Share(share.Terms, share.Bias, share.Scale.Factor * factor, share.Where, share.Normalized);
    }

    private string Display()
    {
        string parameters = string.Join(", ", Parameters.Where(parameter => parameter.Parameter != RuleParameter.Stabilizer));
        return parameters == "" ? Name : $"{Name}({parameters})";
    }

    private double Number(RuleParameter parameter, double fallback) =>
        Values(parameter) is { Count: 1 } values ? values[0] : fallback;

    private EquatableArray<double> Values(RuleParameter parameter) =>
        Parameters.FirstOrDefault(candidate => candidate.Parameter == parameter)?.Values ?? [];
}
