namespace LrpGen.Tests.Reference;

/// <summary>Shapes of outputs and of weights.</summary>
internal static class Shapes
{
    /// <summary>Shape of a layer's output.</summary>
    public static Shape OutputOf(LayerSpec layer, Shape input)
    {
        return layer.Op switch
        {
            "Linear" => Shape.Of(layer.Outputs),
            "Flatten" => Shape.Of(input.Size),
            "Conv1d" or "Conv2d" => Slide() with { Channels = layer.Outputs },
            "MaxPool1d" or "MaxPool2d" or "AvgPool1d" or "AvgPool2d" => Slide(),
            "AdaptiveAvgPool1d" or "AdaptiveAvgPool2d" => input with { Height = layer.Kernel.H, Width = layer.Kernel.W },
            _ => input,
        };

        Shape Slide() => input with
        {
            Height = Window.Outputs(input.Height, layer.Kernel.H, layer.Stride.H, layer.Padding.H, layer.Dilation.H, layer.CeilMode),
            Width = Window.Outputs(input.Width, layer.Kernel.W, layer.Stride.W, layer.Padding.W, layer.Dilation.W, layer.CeilMode),
        };
    }

    /// <summary>Shape of a network's output.</summary>
    public static Shape OutputOf(NetworkSpec network) => network.Layers.Aggregate(network.Input, (shape, layer) => OutputOf(layer, shape));

    /// <summary>Names and shapes of the tensors of a network's <c>state_dict</c>, in the order of the layers.</summary>
    public static IEnumerable<(string Name, int[] Shape)> OfWeights(NetworkSpec network)
    {
        Shape input = network.Input;
        foreach (LayerSpec layer in network.Layers)
        {
            foreach ((string part, int[] shape) in OfParts(layer, input))
            {
                yield return ($"{layer.Name}.{part}", shape);
            }

            input = OutputOf(layer, input);
        }
    }

    private static IEnumerable<(string Part, int[] Shape)> OfParts(LayerSpec layer, Shape input) => layer.Op switch
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
