using LrpGen.Generator.Layers;

namespace LrpGen.Generator.Parsing;

/// <summary>
/// Whether a gradient says nothing of tokens. What a <c>LayerNorm</c> gives stays the same if all features of a row grow by the same number, so the
/// derivatives by a row's features sum up to 0; and that sum is what a token gets.
/// </summary>
internal static class TokenGradients
{
    /// <summary>The first normalisation behind which they cancel; null if a token gets something.</summary>
    public static Layer? Cancelling(Network network, Explanation explanation)
    {
        HashSet<int> differentiated = [.. explanation.Assignments.Where(assigned => assigned.Rule.IsDerivative).Select(assigned => assigned.Layer)];
        Layer? first = network.Layers.FirstOrDefault(IsCentred);
        if (!network.IsOfTokens || first is null || explanation is { TimesInput: true } or { Procedure.TakesGradient: true })
        {
            return null;
        }

        bool[] cancels = new bool[network.Layers.Count];
        foreach (Layer layer in network.Layers.Reverse())
        {
            Layer[] readers = [.. network.Layers.Where(reader => reader.Inputs.Contains(layer.Index))];
            cancels[layer.Index] = readers.Length > 0
                && layer.Index != explanation.Mask?.Layer
                && readers.All(reader => IsCentred(reader) || (HandsOn(reader) && cancels[reader.Index]));
        }

        return cancels[0] ? first : null;

        bool IsCentred(Layer layer) => layer.Operation is Normalization { SubtractsMeanOfRow: true } && differentiated.Contains(layer.Index);

        bool HandsOn(Layer layer) => layer.Operation is Identity || (layer.Operation is Add or LearnedSum && differentiated.Contains(layer.Index));
    }
}
