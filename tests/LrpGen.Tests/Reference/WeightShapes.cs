namespace LrpGen.Tests.Reference;

/// <summary>The tensors of a network's <c>state_dict</c>.</summary>
internal static class WeightShapes
{
    /// <summary>Names and shapes, in the order of the layers.</summary>
    public static IEnumerable<(string Name, int[] Shape)> Of(NetworkSpec network)
    {
        Dictionary<string, double[]> zeros = [];
        Shape input = network.Input;
        foreach (LayerSpec layer in network.Layers)
        {
            foreach ((string part, int[] shape) in PartsOf(layer, input))
            {
                string name = $"{layer.Name}.{part}";
                zeros.Add(name, new double[shape.Aggregate((product, size) => product * size)]);
                yield return (name, shape);
            }

            input = LayerFactory.Create(layer, input, zeros).Output;
        }
    }

    private static IEnumerable<(string Part, int[] Shape)> PartsOf(LayerSpec layer, Shape input) => layer.Op switch
    {
        "Linear" => WithBias(layer, layer.Outputs, input.Size),
        "Conv1d" => WithBias(layer, layer.Outputs, input.Channels / layer.Groups, layer.Kernel.W),
        "Conv2d" => WithBias(layer, layer.Outputs, input.Channels / layer.Groups, layer.Kernel.H, layer.Kernel.W),
        "BatchNorm1d" or "BatchNorm2d" =>
            from part in new[] { "weight", "bias", "running_mean", "running_var" } select (part, new[] { input.Channels }),
        _ => [],
    };

    private static IEnumerable<(string Part, int[] Shape)> WithBias(LayerSpec layer, params int[] weight) =>
        layer.Bias ? [("weight", weight), ("bias", [layer.Outputs])] : [("weight", weight)];
}
