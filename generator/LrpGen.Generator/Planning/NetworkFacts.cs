namespace LrpGen.Generator.Planning;

/// <summary>What the passes know of a network: pitches, signs, names, and what each layer is as a linear map.</summary>
internal sealed class NetworkFacts(Network network)
{
    private readonly EquatableArray<Sign> signs = SignInference.Outputs(network);

    private readonly ILookup<int, Layer> folded = network.Layers
        .Where(layer => layer.Operation is BatchNorm { FoldedInto: >= 0 })
        .ToLookup(layer => ((BatchNorm)layer.Operation).FoldedInto);

    public Network Network { get; } = network;

    public Pitches Pitches { get; } = Pitches.Of(network);

    /// <summary>Names of layers in names of methods: <c>Conv3</c>.</summary>
    public IReadOnlyList<string> Identifiers { get; } = Planning.Identifiers.Of(network);

    /// <summary>Name of a layer at the start of fields: <c>conv3</c>.</summary>
    public string Stem(int layer) => char.ToLowerInvariant(Identifiers[layer][0]) + Identifiers[layer].Substring(1);

    /// <summary>Whether a layer's input is known to be at least 0.</summary>
    public bool InputIsNonNegative(Layer layer) => SignInference.Input(layer, signs) == Sign.NonNegative;

    /// <summary>Whether a layer's output is known to be at least 0.</summary>
    public bool IsNonNegative(int layer) => signs[layer] == Sign.NonNegative;

    /// <summary>Whether the layer adds a bias, its own or that of a batch norm folded into it.</summary>
    public bool HasBias(Layer layer) => layer.Operation.HasBias || FoldedInto(layer).Any();

    /// <summary>Whether the products of a convolution are computed in tiles.</summary>
    public bool InTiles(Layer layer) =>
        Network.Convolution != ConvolutionMethod.Direct && layer.Operation is Convolution convolution && Tiling.Pays(convolution);

    /// <summary>For every ReLU that alone reads a linear layer, a convolution or a sum: that layer, whose last step can do its work.</summary>
    public IReadOnlyDictionary<int, int> Rectifiers { get; } = RectifiersOf(network);

    /// <summary>The batch norms that are folded into a layer: one before it, one behind it.</summary>
    public IEnumerable<Layer> FoldedInto(Layer layer) => folded[layer.Index];

    /// <summary>The inputs of a concatenation, each with the channel of the output at which it begins.</summary>
    public IEnumerable<(int Input, int First)> ChannelsOf(Layer concat)
    {
        int first = 0;
        foreach (int input in concat.Inputs)
        {
            yield return (input, first);
            first += Extent(input).Channels;
        }
    }

    /// <summary>The extent of a layer's output; −1 is the network's input.</summary>
    public Tensor Extent(int layer)
    {
        Shape shape = layer < 0 ? Network.Input : Network.Layers[layer].Output;
        return new Tensor("", "", shape.Channels, shape.Height, shape.Width, Pitches[layer]);
    }

    /// <summary>The layer as a linear map; null if it is none.</summary>
    /// <param name="targetOnly">Whether only the target's output of a linear layer is meant.</param>
    public LinearMap? MapOf(Layer layer, TensorNames names, bool targetOnly = false)
    {
        Tensor input = Extent(layer.Inputs[0]);
        Tensor output = Extent(layer.Index);
        return layer.Operation switch
        {
            Linear => new LinearLayerMap(layer, HasBias(layer), input, output, names, targetOnly),
            Convolution convolution => new ConvolutionMap(layer, convolution, InTiles(layer), HasBias(layer), input, output, names),
            AveragePool or AdaptiveAveragePool => new AveragePoolMap(layer, input, output, names),
            BatchNorm { FoldedInto: < 0 } => new BatchNormMap(layer, input, names),
            _ => null,
        };
    }

    private static Dictionary<int, int> RectifiersOf(Network network)
    {
        Dictionary<int, int> rectifiers = [];
        ILookup<int, int> readers = network.Layers
            .SelectMany(layer => layer.Inputs.Select(input => (input, layer.Index)))
            .ToLookup(pair => pair.input, pair => pair.Index);
        foreach (Layer relu in network.Layers.Where(layer => layer.Operation is Activation { Function: ActivationFunction.ReLU }))
        {
            int source = relu.Inputs[0];
            while (source >= 0
                && readers[source].Count() == 1
                && network.Layers[source].Operation is Model.Identity or BatchNorm { FoldedInto: >= 0 })
            {
                source = network.Layers[source].Inputs[0];
            }

            if (source >= 0 && readers[source].Count() == 1 && network.Layers[source].Operation is Linear or Convolution or Add)
            {
                rectifiers.Add(relu.Index, source);
            }
        }

        return rectifiers;
    }
}
