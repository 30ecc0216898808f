using LrpGen.Generator.Analysis;

namespace LrpGen.Generator.Planning;

/// <summary>What the passes know of a network: arrangements, signs, and names.</summary>
/// <param name="without">Optimisations to do without.</param>
internal sealed class NetworkFacts(Network network, Optimizations without = Optimizations.None)
{
    private readonly EquatableArray<Sign> signs = SignInference.Outputs(network);

    public Network Network { get; } = network;

    public Arrangements Arrangements { get; } = new(network, (without & Optimizations.ReadRows) == 0);

    /// <summary>Names of layers in names of methods: <c>Conv3</c>.</summary>
    public IReadOnlyList<string> Identifiers { get; } = Planning.Identifiers.Of(network);

    /// <summary>Whether an optimisation is wanted.</summary>
    public bool Has(Optimizations optimization) => (without & optimization) == 0;

    /// <summary>Name of a layer at the start of fields: <c>conv3</c>.</summary>
    public string Stem(int layer) => char.ToLowerInvariant(Identifiers[layer][0]) + Identifiers[layer].Substring(1);

    /// <summary>Whether a layer's input is known to be at least 0.</summary>
    public bool InputIsNonNegative(Layer layer) => Has(Optimizations.Signs) && SignInference.Input(layer, signs) == Sign.NonNegative;

    /// <summary>Whether a layer's output is known to be at least 0.</summary>
    public bool IsNonNegative(int layer) => Has(Optimizations.Signs) && signs[layer] == Sign.NonNegative;

    /// <summary>Whether a product is computed in tiles.</summary>
    public bool InTiles(Contraction form) =>
        Has(Optimizations.Tiles) && Network.Convolution != ConvolutionMethod.Direct && form is Windowed windowed && Tiling.Pays(windowed);

    /// <summary>The extent of a layer's output; −1 is the network's input.</summary>
    public Extent Extent(int layer) => Planning.Extent.Of(Arrangements[layer]);
}
