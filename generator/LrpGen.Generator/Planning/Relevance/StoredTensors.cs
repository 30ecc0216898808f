using System.Globalization;

namespace LrpGen.Generator.Planning;

/// <summary>Tensors that do not depend on the input: computed once, when the weights are loaded, by the same steps as all else.</summary>
internal sealed class StoredTensors
{
    private readonly Dictionary<string, Tensor> byMeaning = [];
    private readonly UniqueNames names = new("");
    private readonly UniqueNames temporaries = new("_");
    private readonly List<Block> blocks = [];

    /// <summary>The steps that compute them.</summary>
    public IReadOnlyList<Block> Blocks => blocks;

    public IReadOnlyList<Tensor> All => [.. byMeaning.Values];

    /// <summary>Names the temporaries of the steps, which all explanations share.</summary>
    public TensorNames NamesOf(int layer) => new(layer, temporaries);

    /// <summary>The tensor of that meaning; computed by the steps if it is the first.</summary>
    public Tensor GetOrAdd(string meaning, string stem, Extent extent, Func<Tensor, Block> compute)
    {
        if (!byMeaning.TryGetValue(meaning, out Tensor? tensor))
        {
            string name = names.Next(stem);
            tensor = new Tensor(name, name, extent, stored: true);
            blocks.Add(compute(tensor));
            byMeaning.Add(meaning, tensor);
        }

        return tensor;
    }
}

/// <summary>What a layer's rules need and no input changes: bounds of the input, and the constant part of denominators.</summary>
/// <param name="seen">Of the inputs, as the map sees them.</param>
/// <param name="mapOf">Makes the map.</param>
internal sealed class LayerConstants(StoredTensors stored, NetworkFacts facts, Layer layer, Arrangement seen, Func<TensorNames, LinearMap> mapOf)
{
    // Computed once, so that exact zeros are worth more than time.
    private readonly LinearMap map = mapOf(stored.NamesOf(layer.Index)).Direct;

    /// <summary>One, Low or High inside the image, as an input of the layer.</summary>
    public Tensor Bound(Rule rule, InputPart part, int sign)
    {
        EquatableArray<double> values = part switch
        {
            InputPart.Low => rule.Lows,
            InputPart.High => rule.Highs,
            _ => [1],
        };
        return stored.GetOrAdd(
            $"{layer.Index} {part} {sign} {string.Join(" ", values.Select(Text))}",
            $"{facts.Stem(layer.Index)}{(sign < 0 ? "Minus" : "")}{(part == InputPart.One ? "Ones" : part.ToString())}",
            Extent.Of(seen),
            tensor => Block.Inline(layer.Index, "", new Fill(values.Select(value => sign * value).ToEquatableArray(), seen, tensor)));
    }

    /// <summary>Σ_i of terms that do not depend on the input, plus the bias part.</summary>
    public Tensor Denominator(Rule rule, IReadOnlyList<Term> terms, BiasPart bias)
    {
        string meaning = string.Join(" ", terms.Select(term => $"{term.Sign} {Bound(rule, term.Input, term.Sign).Name} {term.Weight}"));
        return stored.GetOrAdd(
            $"{layer.Index} {meaning} {bias} {Text(rule.Gamma)}",
            $"{facts.Stem(layer.Index)}{rule.Name}Denominator",
            facts.Extent(layer.Index),
            tensor =>
            {
                // The tensor is full of zeros at first, so that sums without a bias can be added to it.
                List<Step> steps = [];
                BiasPart start = bias;
                foreach (Term term in terms)
                {
                    Tensor bound = Bound(rule, term.Input, term.Sign);
                    foreach (int _ in layer.Inputs)
                    {
                        map.Product(steps, bound, term.Weight, start, rule.Gamma, accumulate: start == BiasPart.None, tensor);
                        start = BiasPart.None;
                    }
                }

                string summary = $"{Describe.Layer(layer)} The part of {rule.Name}'s denominators that no input changes.";
                return Block.InMethod(layer.Index, $"Load{facts.Identifiers[layer.Index]}{rule.Name}", summary, steps);
            });
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
