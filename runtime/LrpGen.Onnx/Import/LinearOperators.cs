namespace LrpGen.Onnx.Import;

/// <summary>Linear layers, batch norm, and numbers for each channel.</summary>
internal static class LinearOperators
{
    public static Value Gemm(Call call)
    {
        if (call.Node.Integer("transA", 0) != 0)
        {
            throw call.Node.Unsupported("its first input is transposed");
        }

        bool isTransposed = call.Node.Integer("transB", 0) != 0;
        LayerOutput output = Linear(call, isTransposed, (float)call.Node.Number("alpha", 1));
        if (call.OptionalFloats(2) is { } bias)
        {
            float beta = (float)call.Node.Number("beta", 1);
            float[] perOutput = Expand(call, bias, output, axis: 1);
            call.Layers[output].Add("bias", [perOutput.Length], Array.ConvertAll(perOutput, value => beta * value));
        }

        return output;
    }

    /// <summary>A linear layer, or one axis of an adaptive average pool.</summary>
    public static Value MatMul(Call call)
    {
        if (call.Input(0) is Constant { Floats: { } rows, Shape: [int outputs, int inputs] }
            && call.ChannelsFirst(1) is { Shape: [_, int height, int width] } columnsDone
            && inputs == height
            && rows.SequenceEqual(AdaptiveWindows.Rows(inputs, outputs)))
        {
            return call.Layers.Layers.LastOrDefault() is { Kind: "AdaptiveAvgPool2d", InputShape: [_, int lastHeight, _] } last
                && lastHeight == height
                && columnsDone.Layer == call.Layers.Layers.Count - 1
                && call.IsOnlyReader(1)
                ? call.Layers.ReplaceLast(
                    new(call.Node, last.Kind, last.Inputs, [.. CSharp.Sizes([outputs, width])]), columnsDone, [columnsDone.Shape[0], outputs, width])
                : WindowOperators.AdaptiveAveragePool(call, columnsDone, [outputs, width]);
        }

        LayerOutput source = call.Layer(0);
        return source is { IsNatural: true, Shape: [_, .., int length] }
            && call.Floats(1) is { Floats: { } columns, Shape: [int taps, int means] }
            && taps == length
            && source.Shape.Count > 1
            && columns.SequenceEqual(AdaptiveWindows.Columns(length, means))
            ? WindowOperators.AdaptiveAveragePool(call, source, [.. source.Shape.Skip(1).SkipLast(1), means])
            : Linear(call, isTransposed: false, scale: 1);
    }

    public static Value BatchNorm(Call call)
    {
        LayerOutput source = call.Layer(0);
        int channels = source.Shape[0];
        if (call.Node.Integer("training_mode", 0) != 0 || call.Node.Outputs.Count(name => name.Length > 0) > 1)
        {
            throw call.Node.Unsupported("it is in training mode; export the model in evaluation mode");
        }

        if (source.Axes[0] != 0 || source.Order is not null)
        {
            throw call.Node.Unsupported("its input has its channels last");
        }

        Constant scale = call.Floats(1);
        ImportedLayer layer = new(call.Node, LayerList.BatchNorm(source), [source.Layer], Eps(call, call.Node.Number("epsilon", 1e-5)))
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
    /// A sum, difference, product or quotient with numbers for each channel: a bias if the layer before has none and nothing else reads it,
    /// else a batch norm.
    /// </summary>
    /// <param name="call">The node.</param>
    /// <param name="input">Which input depends on the network's.</param>
    public static Value PerChannel(Call call, int input)
    {
        LayerOutput source = call.Layer(input);
        float[] numbers = Expand(call, call.Floats(1 - input), source, axis: source.Axes.ToList().IndexOf(0) + 1);
        float[] ones = Array.ConvertAll(numbers, _ => 1f);
        float[] zeros = new float[numbers.Length];
        float[] negative = Array.ConvertAll(numbers, number => -number);
        (float[] scale, float[] shift) = (call.Node.Operator, input) switch
        {
            ("Add", _) => (ones, numbers),
            ("Sub", 0) => (ones, negative),
            ("Sub", _) => (Array.ConvertAll(ones, one => -one), numbers),
            ("Mul", _) => (numbers, zeros),
            ("Div", 0) => (Array.ConvertAll(numbers, number => 1 / number), zeros),
            _ => throw call.Node.Unsupported("no layer computes it with numbers for each channel"),
        };
        if (TakesBias(call, input))
        {
            call.Layers[source].Add("bias", [numbers.Length], numbers);
            return source;
        }

        return call.Layers.Scaling(call.Node, source, scale, shift);
    }

    /// <summary>Whether the node adds to a layer that lacks a bias, and that nothing else reads.</summary>
    public static bool TakesBias(Call call, int input) =>
        call.Node.Operator == "Add"
        && call.Input(input) is LayerOutput { Layer: >= 0 } source
        && call.Layers[source] is { MayHaveBias: true } layer
        && !layer.Tensors.ContainsKey("bias")
        && call.IsOnlyReader(input);

    private static LayerOutput Linear(Call call, bool isTransposed, float scale)
    {
        LayerOutput source = call.Layer(0);
        Constant weight = call.Floats(1);
        if (source.Shape.Count != 1 || weight.Shape.Count != 2 || weight.Shape[isTransposed ? 1 : 0] != source.Shape[0])
        {
            throw call.Node.Unsupported(
                $"a product of ({string.Join(", ", source.GraphShape)}) and weights ({string.Join(", ", weight.Shape)}); linear layers take vectors");
        }

        (int inputs, int outputs) = (source.Shape[0], weight.Count / source.Shape[0]);
        float[] values = new float[weight.Count];
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputs; i++)
            {
                values[(j * inputs) + (source.Order is { } order ? order[i] : i)] =
                    scale * weight.Floats![isTransposed ? (j * inputs) + i : (i * outputs) + j];
            }
        }

        LayerOutput vector = new(source.Layer, source.Shape);
        ImportedLayer layer = new(call.Node, "Linear", [source.Layer], [$"{outputs}"]) { TensorName = weight.Name };
        layer.Add("weight", [outputs, inputs], values);
        return call.Layers.Add(layer, vector, [outputs]);
    }

    /// <summary>One number, or numbers along one axis of the graph's tensor, as numbers for each of the layer's channels.</summary>
    private static float[] Expand(Call call, Constant numbers, LayerOutput output, int axis)
    {
        int rank = output.Axes.Count + 1;
        int channels = output.Shape[0];
        if (numbers.Count == 1)
        {
            return [.. Enumerable.Repeat(numbers.Floats![0], channels)];
        }

        // Shapes are aligned at their ends.
        int[] aligned = [.. Enumerable.Repeat(1, Math.Max(0, rank - numbers.Shape.Count)), .. numbers.Shape];
        if (aligned.Length != rank || aligned[axis] != channels || numbers.Count != channels)
        {
            throw call.Node.Unsupported($"numbers of shape ({string.Join(", ", numbers.Shape)}) are not one for each channel");
        }

        float[] values = new float[channels];
        for (int k = 0; k < channels; k++)
        {
            values[output.Order is { } order ? order[k] : k] = numbers.Floats![k];
        }

        return values;
    }

    private static string[] Eps(Call call, double eps) => !double.IsFinite(eps) || eps < 0 ? throw call.Node.Unsupported($"its epsilon is {eps}")
        : (float)eps == 1e-5f ? [] : [$"Eps = {CSharp.Number(eps)}"];
}
