using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Activation and relevance at every layer's output, summed over its readers, and the relevance of the network's input.</summary>
internal sealed record ReferenceTrace(IReadOnlyList<double[]> Activations, IReadOnlyList<double[]> Relevances, double[] InputRelevance)
{
    /// <summary>The ledger, each row with the <see cref="Absorbed.Magnitude"/> of its layer.</summary>
    public required IReadOnlyList<(LedgerRow Row, double Magnitude)> Ledger { get; init; }
}

/// <summary>Predicts and explains in float64, as slowly and plainly as the formulas say it.</summary>
internal sealed class Interpreter
{
    private readonly NetworkSpec network;
    private readonly ReferenceLayer[] layers;
    private readonly IReadOnlyList<int?> channelAxes;
    private readonly Func<double, double> noise;

    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights by name, in PyTorch's order.</param>
    /// <param name="noise">What happens to every value on its way to the next layer, forward and backward; nothing by default.</param>
    public Interpreter(NetworkSpec network, IReadOnlyDictionary<string, double[]> weights, Func<double, double>? noise = null)
    {
        this.noise = noise ?? (value => value);
        (this.network, weights) = BatchNormFolding.Fold(network, WithCopies(network, weights));
        layers = [.. this.network.Layers.Zip(this.network.Sources(), (layer, sources) => layer.Create(sources, weights))];
        Array.ForEach(layers, layer => layer.Noise = this.noise);
        channelAxes = network.ChannelAxes();
    }

    /// <summary>The relevance of the outputs from which the explanation of a target starts.</summary>
    public static double[] SeedOf(Seed seed, double[] output, int target)
    {
        return [.. output.Select((_, j) => seed switch
        {
            Seed.Logit => j == target ? output[target] : 0,
            Seed.One => j == target ? 1 : 0,
            Seed.Contrastive => j == target ? output[target] : -output[target] / (output.Length - 1),
            _ => Probability(target) * (j == target ? Enumerable.Range(0, output.Length).Where(k => k != target).Sum(Probability) : -Probability(j)),
        })];

        // That of the target's others is summed, because 1 − y_c would cancel where y_c is near 1.
        double Probability(int k) => 1 / output.Sum(other => Math.Exp(other - output[k]));
    }

    /// <summary>Outputs of every layer.</summary>
    public IReadOnlyList<double[]> Forward(double[] input)
    {
        List<double[]> activations = [];
        for (int k = 0; k < layers.Length; k++)
        {
            activations.Add(WithNoise(layers[k].Forward(ReadBy(k, input, activations))));
        }

        return activations;
    }

    /// <summary>Explains one output.</summary>
    public ReferenceTrace Explain(ExplanationSpec explanation, double[] input, int target)
    {
        IReadOnlyList<double[]> activations = Forward(input);
        return Explain(explanation, input, activations, SeedOf(explanation.Seed, activations[^1], target));
    }

    /// <summary>Explains from a given relevance of the outputs.</summary>
    public ReferenceTrace Explain(ExplanationSpec explanation, double[] input, double[] outputRelevance) =>
        Explain(explanation, input, Forward(input), outputRelevance);

    private ReferenceTrace Explain(
        ExplanationSpec explanation, double[] input, IReadOnlyList<double[]> activations, double[] outputRelevance)
    {
        double[] inputRelevance = new double[input.Length];
        double[][] relevances = [.. activations.Select(activation => new double[activation.Length])];
        relevances[^1] = WithNoise(outputRelevance);
        List<(LedgerRow Row, double Magnitude)> ledger = [];
        List<(LedgerRow Row, double Magnitude)> ofInput = [];
        for (int k = layers.Length - 1; k >= 0; k--)
        {
            double[] whole = relevances[k];
            relevances[k] = Masked(whole, k, explanation);
            BoundRule rule = RuleOf(k, explanation);
            if (network.Layers[k] is Embedding && explanation.TimesInput)
            {
                whole = relevances[k] = TimesInput(relevances[k], activations[k]);
            }

            (IReadOnlyList<double[]> given, Absorbed absorbed) =
                layers[k].Backward(rule, ReadBy(k, input, activations), activations[k], relevances[k]);
            double[][] received = [.. given.Select(WithNoise)];
            double[] stopped = [.. whole.Zip(relevances[k], (r, left) => r - left)];
            absorbed += new Absorbed(0, 0, stopped.Sum()) { Magnitude = stopped.Sum(Math.Abs) };
            ledger.Insert(0, Row(network.Layers[k].Name, rule.Rule.Name, whole, received.Sum(relevance => relevance.Sum()), absorbed));
            foreach ((int layer, double[] relevance) in network.InputsOf(k).Zip(received))
            {
                double[] sum = layer < 0 ? inputRelevance : relevances[layer];
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += relevance[i];
                }
            }
        }

        inputRelevance = network.IsOfTokens ? inputRelevance : TimesInput(inputRelevance, input);
        return new(activations, relevances, inputRelevance) { Ledger = [.. ofInput, .. ledger] };

        // Of tokens these are the features of their rows.
        double[] TimesInput(double[] relevance, double[] values)
        {
            if (!explanation.TimesInput)
            {
                return relevance;
            }

            double[] product = [.. relevance.Zip(values, (r, x) => r * x)];
            double dropped = relevance.Zip(values, (r, x) => r * (1 - x)).Sum();
            double magnitude = relevance.Sum(Math.Abs) + product.Sum(Math.Abs);
            ofInput.Add(Row("input", "TimesInput", relevance, product.Sum(), new(0, 0, dropped) { Magnitude = magnitude }));
            return product;
        }
    }

    /// <summary>Weights under the names of all layers, of which some share others'.</summary>
    private static Dictionary<string, double[]> WithCopies(NetworkSpec network, IReadOnlyDictionary<string, double[]> weights)
    {
        Dictionary<string, double[]> all = new(weights);
        foreach ((LayerSpec layer, IReadOnlyList<Source> sources) in network.Layers.Zip(network.Sources()))
        {
            if (network.Layers.FirstOrDefault(other => other.Name == layer.Weights) is not { } other)
            {
                continue;
            }

            foreach ((string part, _) in layer.WeightsOf(sources[0].Shape))
            {
                all.Add(layer.NameOf(part), weights[other.NameOf(part)]);
            }
        }

        return all;
    }

    /// <summary>What is left of the relevance of a layer's output.</summary>
    private double[] Masked(double[] relevance, int layer, ExplanationSpec explanation)
    {
        Shape output = layers[layer].Output;
        (int? chosen, int size) = explanation.MaskAxis is int given ? ((given + output.Rank) % output.Rank, 1)
            : network.Layers[layer] is ScaledDotProductAttention attention ? (1, output[1] / attention.Heads)
            : (channelAxes[layer], 1);
        return network.Layers[layer].Name == explanation.Mask && chosen is int axis
            ? [.. relevance.Select((r, i) => explanation.Channels.Contains(output.Position(axis, i) / size) ? r : 0)]
            : relevance;
    }

    private static (LedgerRow Row, double Magnitude) Row(string layer, string rule, double[] output, double input, Absorbed absorbed) =>
        (new(layer, rule, output.Sum(), input, absorbed.Bias, absorbed.Stabilizer, absorbed.Dropped), absorbed.Magnitude);

    /// <summary>The outputs that a layer reads.</summary>
    private double[][] ReadBy(int layer, double[] input, IReadOnlyList<double[]> activations) =>
        [.. network.InputsOf(layer).Select(other => other < 0 ? input : activations[other])];

    private double[] WithNoise(double[] values) => Array.ConvertAll(values, value => noise(value));

    /// <summary>The first rule that matches the layer, else its default one.</summary>
    private BoundRule RuleOf(int layer, ExplanationSpec explanation)
    {
        bool isFirst = layer == Array.FindIndex(
            layers, candidate => candidate.Kind is LayerKinds.Linear or LayerKinds.Convolution or LayerKinds.Projection);
        return RuleOf(layers[layer].Kind, isFirst);

        BoundRule RuleOf(LayerKinds kind, bool first)
        {
            RuleSpec rule = explanation.Rules.FirstOrDefault(rule => rule.Matches(network.Layers[layer].Name, kind, first))
                ?? ReferenceLayer.DefaultRuleOf(kind);
            bool isBound = rule is { Name: "ZBox", Parameters: [_, _] } && explanation.Lows.Count == 0;
            return new(rule, isBound ? [rule.Parameters[0]] : explanation.Lows, isBound ? [rule.Parameters[1]] : explanation.Highs)
            {
                OfPart = (part, readsInput) => RuleOf(part, isFirst && readsInput),
            };
        }
    }
}
