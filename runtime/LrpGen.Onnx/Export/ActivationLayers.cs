namespace LrpGen.Onnx.Export;

/// <summary>Activations that are several operators.</summary>
internal static class ActivationLayers
{
    /// <summary>Above it ln(1 + eˣ) and x do not differ in float32, so that PyTorch's threshold changes nothing.</summary>
    private const double LargeThreshold = 20;

    /// <summary>½ x (1 + erf(x / √2)).</summary>
    public static string Gelu(ExportedLayer layer)
    {
        string erf = layer.Part("Erf", layer.Part("Div", layer.Input, layer.Scalar(Math.Sqrt(2))));
        return HalfOf(layer, layer.Part("Mul", layer.Input, layer.Part("Add", erf, layer.Scalar(1))));
    }

    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    public static string GeluTanh(ExportedLayer layer)
    {
        string x = layer.Input;
        string cube = layer.Part("Mul", x, layer.Part("Mul", x, x));
        string sum = layer.Part("Add", x, layer.Part("Mul", cube, layer.Scalar(0.044715)));
        string tanh = layer.Part("Tanh", layer.Part("Mul", sum, layer.Scalar(Math.Sqrt(2 / Math.PI))));
        return HalfOf(layer, layer.Part("Mul", x, layer.Part("Add", tanh, layer.Scalar(1))));
    }

    /// <summary>ln(1 + e^(βx)) / β, and x where βx exceeds the threshold.</summary>
    public static string Softplus(ExportedLayer layer)
    {
        double beta = layer.Number("beta");
        double threshold = layer.Number("threshold");
        if (beta == 1 && threshold >= LargeThreshold)
        {
            return layer.Whole("Softplus");
        }

        string x = layer.Input;
        string scaled = layer.Part("Mul", x, layer.Scalar(beta));
        string[] quotient = [layer.Part("Softplus", scaled), layer.Scalar(beta)];
        return threshold >= LargeThreshold
            ? layer.Result("Div", quotient)
            : layer.Result("Where", layer.Part("Greater", scaled, layer.Scalar(threshold)), x, layer.Part("Div", quotient));
    }

    /// <summary>A slope for each channel, which is the first axis after the batch; ONNX aligns shapes at their ends.</summary>
    public static string PRelu(ExportedLayer layer)
    {
        int spatial = layer.InputShape.Count - 1;
        string slope = layer.Tensors[0].Name;
        return layer.Result("PRelu", layer.Input, spatial == 0
            ? slope
            : layer.Part("Reshape", slope, layer.Constant("shape", [-1, .. Enumerable.Repeat(1, spatial)])));
    }

    private static string HalfOf(ExportedLayer layer, string value) => layer.Result("Mul", value, layer.Scalar(0.5));
}
