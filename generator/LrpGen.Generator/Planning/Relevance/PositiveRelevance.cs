namespace LrpGen.Generator.Planning;

/// <summary>
/// Infers of which layers' outputs only positive ones get relevance. Rules that multiply by the input, a_i Σ_j …, give none where a ReLU gave 0,
/// and so the layer before the ReLU has none where z ≤ 0: γ needs no half for z &lt; 0 there.
/// </summary>
internal static class PositiveRelevance
{
    /// <summary>Whether it is so for every layer's output, by index.</summary>
    public static IReadOnlyList<bool> Of(ExplanationFacts explanation)
    {
        NetworkFacts facts = explanation.Facts;
        bool[] onlyPositive = new bool[facts.Network.Layers.Count];
        if (!facts.Has(Optimizations.PositiveRelevance))
        {
            return onlyPositive;
        }

        ILookup<int, Layer> readers = facts.Network.Layers
            .SelectMany(layer => layer.Inputs.Select(input => (input, layer)))
            .ToLookup(pair => pair.input, pair => pair.layer);

        // Of the last layer's outputs all may get some.
        for (int layer = onlyPositive.Length - 2; layer >= 0; layer--)
        {
            bool isNonNegative = facts.IsNonNegative(layer);
            onlyPositive[layer] = readers[layer].All(reader => new PlanContext(facts, reader).Operation
                .GivesOnlyToPositive(explanation.RuleOf(reader), isNonNegative, onlyPositive[reader.Index]));
        }

        return onlyPositive;
    }
}
