namespace LrpGen.Generator.Planning;

/// <summary>
/// Infers of which layers' outputs only positive ones get relevance. Rules that multiply by the input, a_i Σ_j …, give none where a ReLU gave 0,
/// and so the layer before the ReLU has none where z ≤ 0: γ needs no half for z &lt; 0 there.
/// </summary>
internal static class PositiveRelevance
{
    /// <summary>Whether it is so for every layer's output, by index.</summary>
    /// <param name="rules">The rules of an explanation, by index of the layer.</param>
    public static IReadOnlyList<bool> Of(NetworkFacts facts, IReadOnlyDictionary<int, Rule> rules)
    {
        bool[] onlyPositive = new bool[facts.Network.Layers.Count];
        ILookup<int, Layer> readers = facts.Network.Layers
            .SelectMany(layer => layer.Inputs.Select(input => (input, layer)))
            .ToLookup(pair => pair.input, pair => pair.layer);

        // Of the last layer's outputs all may get some.
        for (int layer = onlyPositive.Length - 2; layer >= 0; layer--)
        {
            bool isNonNegative = facts.IsNonNegative(layer);
            onlyPositive[layer] = readers[layer].All(reader => reader.Operation switch
            {
                Activation { Function: ActivationFunction.ReLU or ActivationFunction.ReLU6 } =>
                    rules[reader.Index].Gate == Gate.Pass && onlyPositive[reader.Index],
                Activation or Softmax => false,
                MaxPool or Concat or Flatten or Model.Identity or BatchNorm { FoldedInto: >= 0 } => onlyPositive[reader.Index],
                _ => isNonNegative && MultipliesByInput(rules[reader.Index]),
            });
        }

        return onlyPositive;
    }

    private static bool MultipliesByInput(Rule rule) => rule.Shares.SelectMany(share => share.Terms).All(Shares.DependsOnInput);
}
