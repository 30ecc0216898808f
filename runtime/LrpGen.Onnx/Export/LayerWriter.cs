using LrpGen.Onnx.Format;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Export;

/// <summary>Writes each layer as one operator, or as several where ONNX has none for it.</summary>
internal sealed class LayerWriter(GraphBuilder graph, IReadOnlyList<int> inputShape)
{
    /// <summary>Above it ln(1 + eˣ) and x do not differ in float32, so that PyTorch's threshold changes nothing.</summary>
    private const double LargeThreshold = 20;

    private readonly Dictionary<string, (string Value, IReadOnlyList<int> Shape)> values = new()
    {
        [NetworkDescription.InputName] = (NetworkDescription.InputName, inputShape),
    };

    /// <summary>The name of a layer's output in the graph.</summary>
    public string ValueOf(string layer) => values[layer].Value;

    public void Write(LayerDescription layer)
    {
        string value = layer.Kind switch
        {
            "Linear" => Add(layer, "Gemm", Attribute("transB", 1)),
            "Conv1d" or "Conv2d" => Convolution(layer),
            "MaxPool1d" or "MaxPool2d" => Add(layer, "MaxPool", Window(layer)),
            "AvgPool1d" or "AvgPool2d" => AveragePool(layer),
            "AdaptiveAvgPool1d" or "AdaptiveAvgPool2d" => AdaptiveAveragePool(layer),
            "BatchNorm1d" or "BatchNorm2d" => Add(layer, "BatchNormalization", Attribute("epsilon", Argument(layer, "eps"))),
            "Flatten" => Add(layer, "Flatten", Attribute("axis", 1)),
            "Add" => Add(layer, layer.Inputs.Count == 2 ? "Add" : "Sum"),
            "Concat" => Add(layer, "Concat", Attribute("axis", 1)),
            "Dropout" or "Identity" => Add(layer, layer.Kind),
            "ReLU" => Add(layer, "Relu"),
            "ReLU6" => graph.Add("Clip", layer.Name, [Input(layer), Scalar(layer, 0), Scalar(layer, 6)]),
            "LeakyReLU" => Add(layer, "LeakyRelu", Attribute("alpha", Argument(layer, "negative_slope"))),
            "ELU" => Add(layer, "Elu", Attribute("alpha", Argument(layer, "alpha"))),
            "GELU" => layer.Arguments.Count == 0 ? Gelu(layer) : GeluTanh(layer),
            "SiLU" => graph.Add("Mul", layer.Name, [Input(layer), Part(layer, "Sigmoid", Input(layer))]),
            "Sigmoid" or "Tanh" => Add(layer, layer.Kind),
            "Softplus" => Softplus(layer),
            "Softmax" => Add(layer, "Softmax", Attribute("axis", 1)),
            _ => throw new OnnxException($"Layer {layer.Name}: the export does not know {layer.Kind}."),
        };
        values.Add(layer.Name, (value, layer.OutputShape));
    }

    private string Convolution(LayerDescription layer) =>
        Add(layer, "Conv", [.. Window(layer), Attribute("dilations", Axes(layer, "dilation")), Attribute("group", Axes(layer, "groups")[0])]);

    /// <summary>
    /// Where a last window reaches over the end, ONNX's versions differ in what it counts; so the zeros that count are added before, and what
    /// is added here does not count.
    /// </summary>
    private string AveragePool(LayerDescription layer)
    {
        bool countsPadding = Axes(layer, "count_include_pad")[0] == 1;
        if (!countsPadding || Axes(layer, "ceil_mode")[0] == 0)
        {
            return Add(layer, "AveragePool", [.. Window(layer), Attribute("count_include_pad", countsPadding ? 1 : 0)]);
        }

        int[] padding = Axes(layer, "padding");
        long[] onAllAxes = [0, 0, .. padding];
        string padded = Part(layer, "Pad", Input(layer), graph.Constant($"{layer.Name}/pads", [.. onAllAxes, .. onAllAxes]));
        int[] size = [.. values[layer.Inputs[0]].Shape.Skip(1).Zip(padding, (input, zeros) => input + (2 * zeros))];
        return graph.Add("AveragePool", layer.Name, [padded], Window(layer, size, new int[padding.Length]));
    }

    /// <summary>An average of all, of windows of one size, or else by two products: rows · x · columns.</summary>
    private string AdaptiveAveragePool(LayerDescription layer)
    {
        int[] inputs = [.. values[layer.Inputs[0]].Shape.Skip(1)];
        int[] outputs = [.. layer.OutputShape.Skip(1)];
        if (outputs.All(size => size == 1))
        {
            return Add(layer, "GlobalAveragePool");
        }

        if (inputs.Zip(outputs).All(size => size.First % size.Second == 0))
        {
            int[] window = [.. inputs.Zip(outputs, (input, output) => input / output)];
            return Add(layer, "AveragePool", Attribute("kernel_shape", window), Attribute("strides", window));
        }

        string columns = graph.Constant($"{layer.Name}/columns", [inputs[^1], outputs[^1]], AdaptiveWindows.Columns(inputs[^1], outputs[^1]));
        if (inputs.Length == 1)
        {
            return graph.Add("MatMul", layer.Name, [Input(layer), columns]);
        }

        string rows = graph.Constant($"{layer.Name}/rows", [outputs[0], inputs[0]], AdaptiveWindows.Rows(inputs[0], outputs[0]));
        return graph.Add("MatMul", layer.Name, [rows, Part(layer, "MatMul", Input(layer), columns)]);
    }

    /// <summary>½ x (1 + erf(x / √2)).</summary>
    private string Gelu(LayerDescription layer)
    {
        string x = Input(layer);
        string erf = Part(layer, "Erf", Part(layer, "Div", x, Scalar(layer, Math.Sqrt(2))));
        return HalfOf(layer, Part(layer, "Mul", x, Part(layer, "Add", erf, Scalar(layer, 1))));
    }

    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    private string GeluTanh(LayerDescription layer)
    {
        string x = Input(layer);
        string cube = Part(layer, "Mul", x, Part(layer, "Mul", x, x));
        string sum = Part(layer, "Add", x, Part(layer, "Mul", cube, Scalar(layer, 0.044715)));
        string tanh = Part(layer, "Tanh", Part(layer, "Mul", sum, Scalar(layer, Math.Sqrt(2 / Math.PI))));
        return HalfOf(layer, Part(layer, "Mul", x, Part(layer, "Add", tanh, Scalar(layer, 1))));
    }

    private string HalfOf(LayerDescription layer, string value) => graph.Add("Mul", layer.Name, [value, Scalar(layer, 0.5)]);

    /// <summary>ln(1 + e^(βx)) / β, and x where βx exceeds the threshold.</summary>
    private string Softplus(LayerDescription layer)
    {
        double beta = Argument(layer, "beta");
        double threshold = Argument(layer, "threshold");
        if (beta == 1 && threshold >= LargeThreshold)
        {
            return Add(layer, "Softplus");
        }

        string x = Input(layer);
        string scaled = Part(layer, "Mul", x, Scalar(layer, beta));
        string[] quotient = [Part(layer, "Softplus", scaled), Scalar(layer, beta)];
        return threshold >= LargeThreshold
            ? graph.Add("Div", layer.Name, quotient)
            : graph.Add("Where", layer.Name, [Part(layer, "Greater", scaled, Scalar(layer, threshold)), x, Part(layer, "Div", quotient)]);
    }

    /// <summary>An operator that is the whole layer: it reads the layer's inputs and tensors.</summary>
    private string Add(LayerDescription layer, string op, params IEnumerable<AttributeProto> attributes) =>
        graph.Add(op, layer.Name, [.. layer.Inputs.Select(ValueOf), .. layer.Tensors.Select(tensor => tensor.Name)], attributes);

    /// <summary>An operator that is part of a layer.</summary>
    private string Part(LayerDescription layer, string op, params string[] inputs) => graph.Add(op, $"{layer.Name}/{op}", inputs);

    private string Scalar(LayerDescription layer, double value) => graph.Constant($"{layer.Name}/constant", [], [(float)value]);

    private string Input(LayerDescription layer) => ValueOf(layer.Inputs[0]);

    private IEnumerable<AttributeProto> Window(LayerDescription layer) =>
        Window(layer, [.. values[layer.Inputs[0]].Shape.Skip(1)], Axes(layer, "padding"));

    /// <summary>
    /// Size, stride and padding of windows. Instead of ONNX's ceil_mode, of which its versions differ, the end is padded as far as the last
    /// window reaches.
    /// </summary>
    private static IEnumerable<AttributeProto> Window(LayerDescription layer, int[] inputs, int[] padding)
    {
        int[] kernel = Axes(layer, "kernel_size");
        int[] stride = Axes(layer, "stride");
        IEnumerable<int> ends = layer.Kind.StartsWith("Conv", StringComparison.Ordinal)
            ? padding
            : inputs.Select((input, axis) =>
                Math.Max(padding[axis], ((layer.OutputShape[axis + 1] - 1) * stride[axis]) + kernel[axis] - input - padding[axis]));
        return [Attribute("kernel_shape", kernel), Attribute("strides", stride), Attribute("pads", [.. padding, .. ends])];
    }

    private static int[] Axes(LayerDescription layer, string argument) =>
        [.. layer.Arguments.Single(given => given.Name == argument).Values.Select(value => (int)value)];

    private static double Argument(LayerDescription layer, string argument) =>
        layer.Arguments.Single(given => given.Name == argument).Values.Single();
}
