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

/// <summary>
/// What a layer's rules need and no values of the input change: bounds of the input, and the constant part of denominators. They are stored, but
/// where calls choose how many rows there are: windows at the end see less of the input.
/// </summary>
/// <param name="varies">Whether calls choose how many rows there are.</param>
/// <param name="inputsOf">Makes the inputs of the map.</param>
/// <param name="names">Makes tensors of a call.</param>
internal sealed class LayerConstants(
    StoredTensors stored, NetworkFacts facts, Layer layer, bool varies, Func<TensorNames, IReadOnlyList<MapInput>> inputsOf, TensorNames names)
{
    private readonly IReadOnlyList<MapInput> inputs = inputsOf(varies ? names : stored.NamesOf(layer.Index));
    private readonly Dictionary<(List<Step> Steps, string Meaning), Tensor> ofCall = [];

    /// <summary>One, Low or High inside the image, as an input of the layer.</summary>
    /// <param name="steps">Where it is computed if it is not stored.</param>
    /// <param name="input">Index of the input.</param>
    public Tensor Bound(List<Step> steps, Rule rule, InputPart part, int sign, int input)
    {
        (_, Arrangement seen, bool isState) = inputs[input];
        EquatableArray<double> values = part switch
        {
            InputPart.Low => isState ? [-1] : rule.Lows,
            InputPart.High => isState ? [1] : rule.Highs,
            _ => [1],
        };
        string meaning = $"{layer.Index} {(isState ? "state " : "")}{part} {sign} {string.Join(" ", values.Select(Text))}";
        string name = $"{(sign < 0 ? "Minus" : "")}{(isState ? "State" : "")}{(part == InputPart.One ? "Ones" : part.ToString())}";
        Step fill(Tensor tensor) => new Fill(values.Select(value => sign * value).ToEquatableArray(), seen, tensor);
        return varies
            ? OfCall(steps, meaning, "a" + name, Extent.Of(seen), tensor => steps.Add(fill(tensor)))
            : stored.GetOrAdd(
                meaning, facts.Stem(layer.Index) + name, Extent.Of(seen), tensor => Block.Inline(layer.Index, "", fill(tensor)));
    }

    /// <summary>Σ_i of terms that do not depend on the input, plus the bias part.</summary>
    /// <param name="steps">Where it is computed if it is not stored.</param>
    public Tensor Denominator(List<Step> steps, Rule rule, IReadOnlyList<Term> terms, BiasPart bias)
    {
        string sum = string.Join(" ", terms.Select(term => $"{term.Sign} {Bound(steps, rule, term.Input, term.Sign, 0).Name} {term.Weight}"));
        string meaning = $"{layer.Index} {sum} {bias} {Text(rule.Gamma)}";
        if (varies)
        {
            return OfCall(steps, meaning, "d", facts.Extent(layer.Index), tensor =>
            {
                steps.Add(new Clear(0, tensor));
                AddProducts(steps, rule, terms, bias, tensor);
            });
        }

        return stored.GetOrAdd(meaning, $"{facts.Stem(layer.Index)}{rule.Name}Denominator", facts.Extent(layer.Index), tensor =>
        {
            List<Step> products = [];
            AddProducts(products, rule, terms, bias, tensor);
            string summary = $"{Describe.Layer(layer)} The part of {rule.Name}'s denominators that no input changes.";
            return Block.InMethod(layer.Index, $"Load{facts.Identifiers[layer.Index]}{rule.Name}", summary, products);
        });
    }

    // The tensor is full of zeros at first, so that sums without a bias can be added to it.
    private void AddProducts(List<Step> steps, Rule rule, IReadOnlyList<Term> terms, BiasPart bias, Tensor tensor)
    {
        BiasPart start = bias;
        foreach (Term term in terms)
        {
            for (int input = 0; input < inputs.Count; input++)
            {
                // Computed once, so that exact zeros are worth more than time.
                LinearMap map = inputs[input].Map.Exact;
                Tensor bound = Bound(steps, rule, term.Input, term.Sign, input);
                map.Product(steps, bound, term.Weight, start, rule.Gamma, accumulate: start == BiasPart.None, tensor);
                start = BiasPart.None;
            }
        }
    }

    private Tensor OfCall(List<Step> steps, string meaning, string symbol, Extent extent, Action<Tensor> compute)
    {
        if (!ofCall.TryGetValue((steps, meaning), out Tensor? tensor))
        {
            tensor = names.New(symbol, extent);
            ofCall.Add((steps, meaning), tensor);
            compute(tensor);
        }

        return tensor;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
