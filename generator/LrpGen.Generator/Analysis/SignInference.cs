namespace LrpGen.Generator.Analysis;

/// <summary>
/// Infers which layers' outputs cannot be negative. Behind them a⁻ = 0, and half of the terms of many rules vanish.
/// </summary>
internal static class SignInference
{
    /// <summary>The sign of every layer's output, by index.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">What is known of its input.</param>
    public static EquatableArray<Sign> Outputs(Network network, Sign input = Sign.Any)
    {
        Sign[] signs = new Sign[network.Layers.Count];
        foreach (Layer layer in network.Layers)
        {
            signs[layer.Index] = layer.Operation.SignOf(Input(layer, signs, input));
        }

        return new EquatableArray<Sign>(signs);
    }

    /// <summary>The sign of what a layer reads.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="outputs">The signs of the layers' outputs.</param>
    /// <param name="networkInput">What is known of the network's input.</param>
    public static Sign Input(Layer layer, IReadOnlyList<Sign> outputs, Sign networkInput = Sign.Any) =>
        layer.Inputs.All(input => (input < 0 ? networkInput : outputs[input]) == Sign.NonNegative) ? Sign.NonNegative : Sign.Any;
}
