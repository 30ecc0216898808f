using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Names of the fields that hold packed weights: <c>conv3W</c>, <c>conv3WPositiveTransposed</c>, <c>conv3B</c>.</summary>
internal sealed class EngineNames
{
    private readonly Plan plan;
    private readonly Dictionary<WeightSet, string> weights = [];
    private readonly Dictionary<BiasSet, string> biases = [];
    private readonly HashSet<string> used;

    public EngineNames(Plan plan)
    {
        this.plan = plan;
        used = [.. plan.Stored.Select(tensor => tensor.Name)];
        foreach (Step step in plan.Blocks.SelectMany(block => block.Steps))
        {
            foreach (object set in SetsOf(step))
            {
                Add(set);
            }
        }
    }

    public IEnumerable<KeyValuePair<WeightSet, string>> Weights => weights;

    public IEnumerable<KeyValuePair<BiasSet, string>> Biases => biases;

    public string this[WeightSet set] => weights[set];

    public string this[BiasSet set] => biases[set];

    /// <summary>The layer's name at the start of a local or a field.</summary>
    public string Stem(int layer)
    {
        string identifier = plan.Facts.Identifiers[layer];
        return char.ToLowerInvariant(identifier[0]) + identifier.Substring(1);
    }

    private void Add(object set)
    {
        switch (set)
        {
            case WeightSet weight when !weights.ContainsKey(weight):
                weights.Add(weight, Unique(Stem(weight.Layer) + Suffix(weight.Part) + (weight.Packing == Packing.TransposedConvolution ? "Transposed" : "")));
                break;
            case BiasSet bias when !biases.ContainsKey(bias):
                biases.Add(bias, Unique(Stem(bias.Layer) + bias.Part));
                break;
        }
    }

    private string Unique(string stem)
    {
        string name = stem;
        for (int count = 2; !used.Add(name); count++)
        {
            name = stem + Literal.Integer(count);
        }

        return name;
    }

    private static string Suffix(WeightPart part) => part == WeightPart.One ? "WOnes" : part.ToString();

    private static IEnumerable<object> SetsOf(Step step) => step switch
    {
        Product product => product.Bias is null ? [product.Weights] : [product.Weights, product.Bias],
        Pointwise pointwise => SetsOf(pointwise.Value),
        _ => [],
    };

    private static IEnumerable<object> SetsOf(Expression value) => value switch
    {
        ReadWeight read => [read.Weights],
        ReadBias read => [read.Bias],
        Sum sum => [.. SetsOf(sum.Left), .. SetsOf(sum.Right)],
        Times times => [.. SetsOf(times.Left), .. SetsOf(times.Right)],
        _ => [],
    };
}
