using LrpGen.Tests.Reference;

namespace LrpGen.Onnx.Tests;

/// <summary>A small network for every kind of layer and every way in which its export differs.</summary>
internal static class LayerCases
{
    public static IReadOnlyDictionary<string, NetworkSpec> All { get; } = new Dictionary<string, NetworkSpec>
    {
        ["Linear"] = Vector(Linear(5), Linear(3) with { Bias = false }),
        ["Convolution1d"] = Signal(new LayerSpec("Conv1d") { Outputs = 4, Kernel = Width(3), Stride = Width(2), Padding = new(0, 1), Dilation = Width(2) }),
        ["Convolution2d"] = Image(
            new LayerSpec("Conv2d") { Outputs = 4, Kernel = new(3, 2), Stride = new(1, 2), Padding = new(2, 1), Dilation = new(2, 1), Bias = false },
            new LayerSpec("Conv2d") { Outputs = 6, Kernel = 2, Groups = 2 }),
        ["Depthwise"] = Image(new LayerSpec("Conv2d") { Outputs = 3, Kernel = 3, Groups = 3, Padding = 1 }),
        ["MaxPool1d"] = Signal(new LayerSpec("MaxPool1d") { Kernel = Width(3), Stride = Width(2), Padding = new(0, 1), CeilMode = true }),
        ["MaxPool2d"] = Image(new LayerSpec("MaxPool2d") { Kernel = new(3, 2), Stride = new(2, 1), Padding = 1 }),
        ["MaxPoolCeil"] = Image(new LayerSpec("MaxPool2d") { Kernel = 2, Stride = 2, CeilMode = true }),
        ["AvgPool1d"] = Signal(new LayerSpec("AvgPool1d") { Kernel = Width(4), Stride = Width(3), Padding = new(0, 2) }),
        ["AvgPool2d"] = Image(new LayerSpec("AvgPool2d") { Kernel = 3, Stride = 2, Padding = 1 }),
        ["AvgPoolWithoutPadding"] = Image(new LayerSpec("AvgPool2d") { Kernel = 3, Stride = 2, Padding = 1, CountIncludePad = false }),
        ["AvgPoolCeil"] = Image(new LayerSpec("AvgPool2d") { Kernel = 3, Stride = 3, Padding = 1, CeilMode = true }),
        ["AvgPoolCeilWithoutPadding"] = Image(new LayerSpec("AvgPool2d") { Kernel = 3, Stride = 3, Padding = 1, CeilMode = true, CountIncludePad = false }),
        ["GlobalPool1d"] = Signal(new LayerSpec("AdaptiveAvgPool1d")),
        ["GlobalPool2d"] = Image(new LayerSpec("AdaptiveAvgPool2d")),
        ["AdaptivePoolDivisible"] = Image(new LayerSpec("AdaptiveAvgPool2d") { Kernel = new(4, 7) }),
        ["AdaptivePool1d"] = Signal(new LayerSpec("AdaptiveAvgPool1d") { Kernel = Width(4) }),
        ["AdaptivePool2d"] = Image(new LayerSpec("AdaptiveAvgPool2d") { Kernel = new(3, 9) }),
        ["BatchNormOfFeatures"] = Vector(Linear(4), new LayerSpec("BatchNorm1d") { Eps = 0.1 }, new LayerSpec("ReLU"), new LayerSpec("BatchNorm1d")),
        ["BatchNorm1d"] = Signal(new LayerSpec("Conv1d") { Outputs = 4, Kernel = Width(3), Bias = false }, new LayerSpec("BatchNorm1d")),
        ["BatchNorm2d"] = Image(new LayerSpec("Conv2d") { Outputs = 4, Kernel = 3 }, new LayerSpec("BatchNorm2d"), new LayerSpec("ReLU"), new LayerSpec("BatchNorm2d")),
        ["Neutral"] = Vector(new LayerSpec("Dropout"), Linear(4), new LayerSpec("Identity"), new LayerSpec("Dropout")),
        ["ReLU"] = Activation("ReLU"),
        ["ReLU6"] = Activation("ReLU6"),
        ["LeakyReLU"] = Activation("LeakyReLU", 0.2),
        ["ELU"] = Activation("ELU", 0.7),
        ["ELU1"] = Activation("ELU", 1),
        ["GELU"] = Activation("GELU"),
        ["GELUTanh"] = Vector(Linear(12), new LayerSpec("GELU") { Approximate = true }),
        ["SiLU"] = Activation("SiLU"),
        ["Sigmoid"] = Activation("Sigmoid"),
        ["Tanh"] = Activation("Tanh"),
        ["Softplus"] = Activation("Softplus", 1, 20),
        ["SoftplusSteep"] = Activation("Softplus", 3, 20),
        ["SoftplusWithThreshold"] = Activation("Softplus", 2, 0.5),
        ["Softmax"] = Image(new LayerSpec("Conv2d") { Outputs = 4, Kernel = 3 }, new LayerSpec("Softmax")),
        ["Add"] = Vector(
            Linear(4) with { Name = "a" },
            Linear(4) with { Name = "b", Inputs = ["input"] },
            new LayerSpec("Add") { Name = "sum", Inputs = ["a", "b"] },
            new LayerSpec("Add") { Name = "sums", Inputs = ["a", "sum", "b"] },
            new LayerSpec("Add") { Name = "twice", Inputs = ["sums", "sums"] }),
        ["AddOfActivation"] = Vector(
            Linear(4) with { Name = "a" },
            new LayerSpec("ReLU") { Name = "relu" },
            new LayerSpec("Add") { Name = "sum", Inputs = ["relu", "a"] },
            new LayerSpec("ReLU") { Name = "out" },
            new LayerSpec("Add") { Name = "again", Inputs = ["out", "relu"] }),
        ["AddOfRectifiedGELU"] = Vector(
            new LayerSpec("GELU") { Name = "gelu" },
            new LayerSpec("ReLU") { Name = "relu" },
            new LayerSpec("Add") { Name = "sum", Inputs = ["gelu", "relu"] }),
        ["Concat"] = Image(
            new LayerSpec("Conv2d") { Name = "a", Outputs = 4, Kernel = 3, Padding = 1 },
            new LayerSpec("Conv2d") { Name = "b", Outputs = 2, Kernel = 1, Inputs = ["input"] },
            new LayerSpec("Concat") { Name = "c", Inputs = ["a", "input", "b", "a"] }),
    };

    private static LayerSpec Linear(int outputs) => new LayerSpec("Linear") { Outputs = outputs };

    private static Pair Width(int width) => new(1, width);

    private static NetworkSpec Activation(string op, params double[] parameters) => Vector(Linear(12), new(op) { Parameters = parameters });

    private static NetworkSpec Vector(params LayerSpec[] layers) => Network(Shape.Of(6), [.. layers, Linear(3)]);

    private static NetworkSpec Signal(params LayerSpec[] layers) => Network(Shape.Of(3, 11), [.. layers, new LayerSpec("Flatten"), Linear(3)]);

    private static NetworkSpec Image(params LayerSpec[] layers) => Network(Shape.Of(3, 8, 7), [.. layers, new LayerSpec("Flatten"), Linear(3)]);

    private static NetworkSpec Network(Shape input, LayerSpec[] layers) => new(
        input, [.. NetworkSpec.Sequential(input, layers).Layers.Zip(layers, (named, given) => given.Name.Length > 0 ? given : named)]);
}
