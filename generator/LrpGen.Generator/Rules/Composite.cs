namespace LrpGen.Generator.Rules;

/// <summary>A composite: rules, of which the first that matches a layer is assigned to it, and perhaps a procedure.</summary>
/// <param name="Name">Name of the struct.</param>
/// <param name="Rules">In order of declaration.</param>
/// <param name="Seed">Where its explanations start unless they say otherwise.</param>
/// <param name="TimesInput">Whether the input's relevance is multiplied by the input.</param>
/// <param name="Procedure">Null for a single pass at the input.</param>
internal sealed record Composite(string Name, EquatableArray<RuleTemplate> Rules, Seed Seed, bool TimesInput, Procedure? Procedure)
{
    /// <summary>Whether what an explanation gives matters to a rule, or is a parameter of the procedure.</summary>
    public bool Uses(ParameterValue given) =>
        Rules.Any(rule => rule.Uses(given)) || Procedure?.Parameters.Any(own => own.Parameter == given.Parameter) == true;
}

/// <summary>The rules of layers for which a composite has none.</summary>
internal static class DefaultRules
{
    /// <summary>ε of shares in proportion, and of all rules that do not say another.</summary>
    public const double Stabilizer = 1e-6;


    /// <summary>R_i = R_j, for activations.</summary>
    public static readonly Rule Pass = new("Pass", "Pass", [], Gate.Pass, 0, [], [], 0);

    /// <summary>The factor that is no gate takes all, for products.</summary>
    public static readonly Rule Gated = new("Gated", "Gated", [], Gate.Pass, 0, [], [], 0);

    /// <summary>The same of products of matrices, in proportion to what each element adds.</summary>
    public static readonly Rule GatedProduct = new("Gated", "Gated", [ProportionalTo(BiasPart.None)], Gate.Pass, 0, [], [], Stabilizer);

    /// <summary>Shares in proportion to the inputs, for average pools and sums.</summary>
    public static readonly Rule Norm = new("Norm", "Norm", [ProportionalTo(BiasPart.None)], null, 0, [], [], Stabilizer);

    /// <summary>ε, for normalisations.</summary>
    public static readonly Rule Epsilon = new("Epsilon", "Epsilon(1e-6)", [ProportionalTo(BiasPart.B)], null, 0, [], [], Stabilizer);

    private static Share ProportionalTo(BiasPart bias) =>
        new([new Term(1, InputPart.A, WeightPart.W)], bias, 1, OutputSign.Any, Normalized: true);
}
