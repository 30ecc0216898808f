namespace LrpGen.Generator.Planning;

/// <summary>What the passes know of one explanation: the rules, and where relevance can be.</summary>
internal sealed class ExplanationFacts(NetworkFacts facts, Explanation explanation)
{
    private readonly Dictionary<int, Rule> rules =
        explanation.Assignments.ToDictionary(assignment => assignment.Layer, assignment => assignment.Rule);

    private IReadOnlyList<bool>? isOfPositive;

    public NetworkFacts Facts => facts;

    public Explanation Explanation => explanation;

    /// <summary>The rule of a layer; null if it needs none.</summary>
    public Rule? RuleOf(Layer layer) => rules.TryGetValue(layer.Index, out Rule? rule) ? rule : null;

    /// <summary>Whether only positive ones of a layer's outputs have relevance.</summary>
    public bool RelevanceIsOfPositive(int layer) => (isOfPositive ??= PositiveRelevance.Of(this))[layer];

    /// <summary>Whether a layer's inputs get its relevance as it is.</summary>
    public bool PassesRelevance(Layer layer)
    {
        PlanContext context = new(facts, layer);
        return context.Operation.PassesRelevance(context, RuleOf(layer));
    }

    /// <summary>Whether the way back needs what a layer gives where that is negative.</summary>
    public bool NeedsNegativeSums(Layer layer)
    {
        PlanContext context = new(facts, layer);
        bool ofPositive = RelevanceIsOfPositive(layer.Index);
        return RuleOf(layer) is not { } rule
            || context.Operation.MapOf(context, new TensorNames(layer.Index, new UniqueNames("_"))) is not { } map
            || Shares.NeedNegativeSums(
                Shares.Simplify(rule, facts.InputIsNonNegative(layer), map.WeightsAreNonNegative, ofPositive), map.HasBias, ofPositive);
    }
}
