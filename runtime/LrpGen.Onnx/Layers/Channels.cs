using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Layers with numbers for each channel.</summary>
internal static class Channels
{
    public static Family Family { get; } = new(
        new()
        {
            ["LayerScale"] = layer => layer.Result("Mul", layer.Input, layer.Tensors[0].Name),
            ["BatchNorm1d"] = layer => layer.Whole("BatchNormalization", Attribute("epsilon", layer.Number("eps"))),
            ["BatchNorm2d"] = layer => layer.Whole("BatchNormalization", Attribute("epsilon", layer.Number("eps"))),
            ["PReLU"] = PRelu,
        },
        new()
        {
            ["BatchNormalization"] = BatchNorm,
            ["PRelu"] = new ElementwiseOperator(x => x[0] >= 0 ? x[0] : x[1] * x[0], 2, 2) { WithTensor = PRelu }.Apply,
        });

    /// <summary>A slope for each channel, which is the first axis after the batch; ONNX aligns shapes at their ends.</summary>
    private static string PRelu(ExportedLayer layer)
    {
        int spatial = layer.InputShape.Count - 1;
        string slope = layer.Tensors[0].Name;
        return layer.Result("PRelu", layer.Input, spatial == 0
            ? slope
            : layer.Part("Reshape", slope, layer.Constant("shape", [-1, .. Enumerable.Repeat(1, spatial)])));
    }

    private static Value BatchNorm(Call call)
    {
        LayerOutput source = call.Layer(0);
        int channels = source.Shape[0];
        if (call.Node.Integer("training_mode", 0) != 0 || call.Node.Outputs.Count(name => name.Length > 0) > 1)
        {
            throw call.Node.Unsupported("it is in training mode; export the model in evaluation mode");
        }

        if (source.Axes[0] != 0 || source.Order is not null || source.Shape.Count > LayerList.MostAxes)
        {
            throw call.Node.Unsupported($"its input has its channels last, or more than {LayerList.MostAxes} axes");
        }

        Constant scale = call.Floats(1);
        string[] eps = Normalizations.Eps(call.Node, call.Node.Number("epsilon", 1e-5), 1e-5);
        ImportedLayer layer = new(call.Node, LayerList.BatchNorm(source), [source.Layer], eps)
        {
            TensorName = scale.Name,
        };
        foreach ((int index, string name) in new[] { "weight", "bias", "running_mean", "running_var" }.Index())
        {
            Constant tensor = call.Floats(index + 1);
            layer.Add(name, [channels], tensor.Count == channels
                ? tensor.Floats!
                : throw call.Node.Unsupported($"{tensor.Count} numbers for {channels} channels"));
        }

        return call.Layers.Add(layer, source, source.Shape);
    }

    /// <summary>
    /// A sum, difference, product or quotient with numbers along an axis: a tensor of the layer before if it lacks that and nothing else reads it,
    /// else a layer of its own.
    /// </summary>
    /// <param name="call">The node.</param>
    /// <param name="input">Which input depends on the network's.</param>
    public static Value PerChannel(Call call, int input)
    {
        LayerOutput source = call.View(input);
        if (Normalizations.TakesParameter(call, input, source))
        {
            return source;
        }

        Constant constant = call.Floats(1 - input);
        if (call.Node.Operator == "Add" && Embeddings.Positions(call, source, constant) is { } embedded)
        {
            return embedded;
        }

        int own = AxisOf(call, constant, source);
        if (call.HasTokens && constant.Count > 1 && own == 0 && source.Shape.Count == 2 && source.Shape[0] == call.Layers.Tokens
            && !(TakesBias(call, input) && BiasAxis(call, source) == 0))
        {
            throw call.Node.Unsupported("no layer computes it with a number for each token");
        }

        if (TakesBias(call, input) && BiasAxis(call, source) is int biased && (own == biased || constant.Count == 1))
        {
            ImportedLayer layer = call.Layers[source];
            layer.TensorName = layer.TensorName.EndsWith(".weight", StringComparison.Ordinal) ? layer.TensorName : constant.Name;
            layer.Add("bias", [source.Shape[biased]], Expand(call, constant, source, biased));
            return source;
        }

        bool isScale = (call.Node.Operator, input) is ("Mul", _) or ("Div", 0);
        bool isLayerScale = isScale && (!MayBeBatchNorm() || (ScaledAxis(source) == 0 && !IsFolded(call, input, source)));
        if (own != 0 && !isLayerScale)
        {
            source = call.Natural(source);
            own = AxisOf(call, constant, source);
        }

        float[] numbers = Expand(call, constant, source, own);
        float[] ones = Array.ConvertAll(numbers, _ => 1f);
        float[] zeros = new float[numbers.Length];
        (float[] scale, float[] shift) = (call.Node.Operator, input) switch
        {
            ("Add", _) => (ones, numbers),
            ("Sub", 0) => (ones, Array.ConvertAll(numbers, number => -number)),
            ("Sub", _) => (Array.ConvertAll(ones, one => -one), numbers),
            ("Mul", _) => (numbers, zeros),
            ("Div", 0) => (Array.ConvertAll(numbers, number => 1 / number), zeros),
            _ => throw call.Node.Unsupported("no layer computes it with numbers for each channel"),
        };
        if (isLayerScale)
        {
            int behind = source.Shape.Count - own - 1;
            bool isDefault = behind == 0 && source.Shape.Count != 3;
            ImportedLayer layer = new(call.Node, "LayerScale", [source.Layer], isDefault ? [] : [$"Dim = {own}"]) { TensorName = constant.Name };
            layer.Add("", [numbers.Length, .. Enumerable.Repeat(1, behind)], scale);
            return call.Layers.Add(layer, source, source.Shape);
        }

        return MayBeBatchNorm()
            ? call.Layers.Scaling(call.Node, source, scale, shift)
            : throw call.Node.Unsupported($"no layer computes it with numbers along axis {own} of ({string.Join(", ", source.Shape)})");

        bool MayBeBatchNorm() => own == 0 && source.Shape.Count <= LayerList.MostAxes;
    }

    /// <summary>a⁺ + w a⁻, with a weight for each channel.</summary>
    private static Value PRelu(Call call)
    {
        LayerOutput source = call.Layer(0);
        Constant slope = call.Floats(1);
        if (AxisOf(call, slope, source) != 0)
        {
            source = call.Natural(source);
        }

        if (AxisOf(call, slope, source) != 0)
        {
            throw call.Node.Unsupported("its slopes are not one for each channel");
        }

        ImportedLayer layer = new(call.Node, "PReLU", [source.Layer], []) { TensorName = slope.Name };
        layer.Add("weight", [source.Shape[0]], Expand(call, slope, source, own: 0));
        return call.Layers.Add(layer, source, source.Shape);
    }

    /// <summary>Whether the node adds to a layer that lacks a bias, and that nothing else reads.</summary>
    public static bool TakesBias(Call call, int input) =>
        call.Node.Operator == "Add"
        && call.Input(input) is LayerOutput { Layer: >= 0 } source
        && call.Layers[source] is { MayHaveBias: true } layer
        && !layer.Tensors.ContainsKey("bias")
        && call.IsOnlyReader(input);

    /// <summary>The axis that the biases of a layer are for.</summary>
    public static int BiasAxis(Call call, LayerOutput output) => call.Layers[output].Kind == "Linear" ? output.Shape.Count - 1 : 0;

    /// <summary>The axis that a layer scale has weights for.</summary>
    private static int ScaledAxis(LayerOutput source) => source.Shape.Count == 3 ? 0 : source.Shape.Count - 1;

    /// <summary>Whether the layer before takes a batch norm in.</summary>
    private static bool IsFolded(Call call, int input, LayerOutput source) =>
        source is { Layer: >= 0 } && call.Layers[source].MayHaveBias && call.IsOnlyReader(input);

    /// <summary>The layer's own axis that numbers lie along; its channels for one number.</summary>
    private static int AxisOf(Call call, Constant numbers, LayerOutput output)
    {
        if (numbers.Count == 1)
        {
            return 0;
        }

        // Shapes are aligned at their ends.
        int rank = output.Rank;
        (int Axis, int Size)[] along =
            [.. numbers.Shape.Select((size, axis) => (axis + rank - numbers.Shape.Count, size)).Where(given => given.size != 1)];
        return along.Length == 1 && along[0] is var (axis, size) && axis >= 0 && output.OwnAxis(axis) is int own && size == output.Shape[own]
            ? own
            : throw call.Node.Unsupported($"numbers of shape ({string.Join(", ", numbers.Shape)}) are not one for each channel");
    }

    /// <summary>One number, or numbers along one axis, as numbers along the layer's own axis.</summary>
    public static float[] Expand(Call call, Constant numbers, LayerOutput output, int own)
    {
        int length = output.Shape[own];
        if (numbers.Count == 1)
        {
            return [.. Enumerable.Repeat(numbers.Floats![0], length)];
        }

        if (AxisOf(call, numbers, output) != own)
        {
            throw call.Node.Unsupported($"numbers of shape ({string.Join(", ", numbers.Shape)}) are not one for each channel");
        }

        float[] values = new float[length];
        for (int k = 0; k < length; k++)
        {
            values[output.Order is { } order ? order[k] : k] = numbers.Floats![k];
        }

        return values;
    }
}
