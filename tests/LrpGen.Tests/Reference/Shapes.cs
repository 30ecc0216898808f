namespace LrpGen.Tests.Reference;

/// <summary>Shapes of outputs and of weights.</summary>
internal static class Shapes
{
    /// <summary>Shape of a layer's output.</summary>
    public static Shape OutputOf(LayerSpec layer, params IReadOnlyList<Shape> inputs)
    {
        Shape input = inputs[0];
        return layer.Op switch
        {
            "Concat" => input with { Channels = inputs.Sum(other => other.Channels) },
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

    /// <summary>Shapes of the inputs and of the output of every layer.</summary>
    public static IReadOnlyList<(Shape[] Inputs, Shape Output)> Of(NetworkSpec network)
    {
        List<(Shape[] Inputs, Shape Output)> shapes = [];
        for (int k = 0; k < network.Layers.Count; k++)
        {
            Shape[] inputs = [.. network.InputsOf(k).Select(input => input < 0 ? network.Input : shapes[input].Output)];
            shapes.Add((inputs, OutputOf(network.Layers[k], inputs)));
        }

        return shapes;
    }

    /// <summary>Names and shapes of the tensors of a network's <c>state_dict</c>, in the order of the layers.</summary>
    public static IEnumerable<(string Name, int[] Shape)> OfWeights(NetworkSpec network) =>
        from layer in network.Layers.Zip(Of(network), (layer, shapes) => (layer.Name, Parts: OfParts(layer, shapes.Inputs[0])))
        from part in layer.Parts
        select ($"{layer.Name}.{part.Part}", part.Shape);

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
