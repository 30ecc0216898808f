using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Activation and relevance at every layer's output, and the relevance of the network's input.</summary>
internal sealed record ReferenceTrace(IReadOnlyList<double[]> Activations, IReadOnlyList<double[]> Relevances, double[] InputRelevance);

/// <summary>Predicts and explains in float64, as slowly and plainly as the formulas say it.</summary>
internal sealed class Interpreter
{
    private readonly NetworkSpec network;
    private readonly ReferenceLayer[] layers;
    private readonly Func<double, double> noise;

    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights by name, in PyTorch's order.</param>
    /// <param name="noise">What happens to every value on its way to the next layer, forward and backward; nothing by default.</param>
    public Interpreter(NetworkSpec network, IReadOnlyDictionary<string, double[]> weights, Func<double, double>? noise = null)
    {
        this.noise = noise ?? (value => value);
        (this.network, weights) = BatchNormFolding.Fold(network, weights);
        layers = new ReferenceLayer[network.Layers.Count];
        Shape shape = network.Input;
        for (int k = 0; k < layers.Length; k++)
        {
            layers[k] = LayerFactory.Create(this.network.Layers[k], shape, weights);
            shape = layers[k].Output;
        }
    }

    /// <summary>Outputs of every layer.</summary>
    public IReadOnlyList<double[]> Forward(double[] input)
    {
        List<double[]> activations = [];
        foreach (ReferenceLayer layer in layers)
        {
            activations.Add(WithNoise(layer.Forward(activations.LastOrDefault(input))));
        }

        return activations;
    }

    /// <summary>Explains one output.</summary>
    public ReferenceTrace Explain(ExplanationSpec explanation, double[] input, int target)
    {
        double[] output = Forward(input)[^1];
        double[] seed = new double[output.Length];
        seed[target] = explanation.Seed == Seed.One ? 1 : output[target];
        return Explain(explanation, input, seed);
    }

    /// <summary>Explains from a given relevance of the outputs.</summary>
    public ReferenceTrace Explain(ExplanationSpec explanation, double[] input, double[] outputRelevance)
    {
        IReadOnlyList<double[]> activations = Forward(input);
        double[][] relevances = new double[layers.Length][];
        double[] relevance = outputRelevance;
        for (int k = layers.Length - 1; k >= 0; k--)
        {
            relevances[k] = relevance;
            relevance = WithNoise(layers[k].Backward(RuleOf(k, explanation), k == 0 ? input : activations[k - 1], activations[k], relevance));
        }

        return new(activations, relevances, explanation.TimesInput ? [.. relevance.Zip(input, (r, x) => r * x)] : relevance);
    }

    private double[] WithNoise(double[] values) => Array.ConvertAll(values, value => noise(value));

    /// <summary>The first rule that matches the layer, else its default one.</summary>
    private BoundRule RuleOf(int layer, ExplanationSpec explanation)
    {
        bool first = layer == Array.FindIndex(layers, candidate => candidate.Kind is LayerKinds.Linear or LayerKinds.Convolution);
        RuleSpec rule = explanation.Rules.FirstOrDefault(rule => rule.Matches(network.Layers[layer].Name, layers[layer].Kind, first))
            ?? layers[layer].DefaultRule;
        return rule is { Name: "ZBox", Parameters: [double low, double high] } && explanation.Lows.Count == 0
            ? new(rule, [low], [high])
            : new(rule, explanation.Lows, explanation.Highs);
    }
}
