namespace LrpGen.Generator.Parsing;

/// <summary>The layers that can be declared: one row for each, by PyTorch's name. A parse gives null after it reported a fault.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Func<LayerDeclaration, ParsedLayer?>> Parsers = new()
    {
        ["Linear"] = Linear,
        ["Conv1d"] = WindowLayers.Convolution1d,
        ["Conv2d"] = WindowLayers.Convolution2d,
        ["MaxPool1d"] = layer => WindowLayers.Pool(layer, rank: 2, (rows, columns) => new MaxPool(rows, columns)),
        ["MaxPool2d"] = layer => WindowLayers.Pool(layer, rank: 3, (rows, columns) => new MaxPool(rows, columns)),
        ["AvgPool1d"] = layer => WindowLayers.AveragePool(layer, rank: 2),
        ["AvgPool2d"] = layer => WindowLayers.AveragePool(layer, rank: 3),
        ["AdaptiveAvgPool1d"] = layer => WindowLayers.AdaptiveAveragePool(layer, rank: 2),
        ["AdaptiveAvgPool2d"] = layer => WindowLayers.AdaptiveAveragePool(layer, rank: 3),
        ["BatchNorm1d"] = layer => BatchNorm(layer, 1, 2),
        ["BatchNorm2d"] = layer => BatchNorm(layer, 3),
        ["Flatten"] = layer => new ParsedLayer(new Flatten(), Shape.Vector(layer.Input.Size)),
        ["Add"] = Add,
        ["Concat"] = Concat,
        ["Dropout"] = Dropout,
        ["Identity"] = layer => new ParsedLayer(new Identity(), layer.Input),
        ["ReLU"] = layer => Elementwise(layer, ActivationFunction.ReLU),
        ["ReLU6"] = layer => Elementwise(layer, ActivationFunction.ReLU6),
        ["LeakyReLU"] = layer => Elementwise(layer, ActivationFunction.LeakyReLU, layer.Arguments.Number("slope", 0.01)),
        ["ELU"] = layer => Elementwise(layer, ActivationFunction.ELU, layer.Arguments.Number("alpha", 1)),
        ["GELU"] = Gelu,
        ["SiLU"] = layer => Elementwise(layer, ActivationFunction.SiLU),
        ["Sigmoid"] = layer => Elementwise(layer, ActivationFunction.Sigmoid),
        ["Tanh"] = layer => Elementwise(layer, ActivationFunction.Tanh),
        ["Softplus"] = layer => Elementwise(
            layer,
            ActivationFunction.Softplus,
            layer.Arguments.Number("beta", 1, minimum: float.Epsilon),
            layer.Arguments.Number("threshold", 20)),
        ["Softmax"] = layer => new ParsedLayer(new Softmax(), layer.Input),
    };

    /// <summary>Parses a layer; null if it has a fault.</summary>
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (!Parsers.TryGetValue(layer.Kind, out Func<LayerDeclaration, ParsedLayer?>? parse))
        {
            layer.Fault(Descriptors.UnknownLayer, null, layer.Kind);
            return null;
        }

        ParsedLayer? parsed = parse(layer);
        return layer.Arguments.Valid ? parsed : null;
    }

    private static ParsedLayer? Linear(LayerDeclaration layer)
    {
        int outputs = layer.Arguments.Integer(1, 1, "outFeatures");
        bool bias = layer.Arguments.Flag("Bias", true);
        return layer.Takes(1) && layer.Holds(layer.Input.Channels, Limits.Pitch(outputs))
            ? new ParsedLayer(new Linear(layer.Input.Channels, outputs, bias), Shape.Vector(outputs))
            : null;
    }

    private static ParsedLayer? BatchNorm(LayerDeclaration layer, params int[] ranks)
    {
        double eps = layer.Arguments.Number("Eps", 1e-5, minimum: 0);
        return layer.Takes(ranks)
            ? new ParsedLayer(new BatchNorm(layer.Input.Channels, eps, FoldedInto: -1), layer.Input)
            : null;
    }

    private static ParsedLayer? Add(LayerDeclaration layer) =>
        layer.Inputs.All(input => input == layer.Input)
            ? new ParsedLayer(new Add(), layer.Input)
            : Differ(layer, "inputs of one shape");

    private static ParsedLayer? Concat(LayerDeclaration layer)
    {
        long channels = layer.Inputs.Sum(input => (long)input.Channels);
        if (channels > Limits.Size)
        {
            layer.Fault(Descriptors.TooLarge, null, "The output of Concat", Limits.Size);
            return null;
        }

        return layer.Inputs.All(input => input with { Channels = layer.Input.Channels } == layer.Input)
            ? new ParsedLayer(new Concat(), layer.Input with { Channels = (int)channels })
            : Differ(layer, "inputs that differ in their channels only");
    }

    private static ParsedLayer? Differ(LayerDeclaration layer, string expected)
    {
        layer.Fault(Descriptors.InputsDiffer, null, layer.Kind, expected, string.Join(", ", layer.Inputs));
        return null;
    }

    private static ParsedLayer Dropout(LayerDeclaration layer)
    {
        layer.Arguments.Number("p", 0.5, minimum: 0, maximum: 1);
        return new ParsedLayer(new Identity(), layer.Input);
    }

    private static ParsedLayer Gelu(LayerDeclaration layer) =>
        Elementwise(layer, layer.Arguments.Choice<GeluApproximation>("Approximate") switch
        {
            GeluApproximation.Tanh => ActivationFunction.GELUTanh,
            _ => ActivationFunction.GELU,
        });

    private static ParsedLayer Elementwise(LayerDeclaration layer, ActivationFunction function, params double[] parameters) =>
        new(new Activation(function, parameters.ToEquatableArray()), layer.Input);

    /// <summary>The runtime's enum of that name.</summary>
    internal enum GeluApproximation
    {
        None,
        Tanh,
    }
}

/// <summary>What a layer computes, and the shape of what it writes.</summary>
/// <param name="PaddedPixels">Pixels of its input or output with the padding that its windows need; 0 if it has no windows.</param>
internal sealed record ParsedLayer(Operation Operation, Shape Output, double PaddedPixels = 0);
