using LrpGen.Tests.Reference;

namespace LrpGen.Onnx.Tests;

/// <summary>A small network for every kind of layer and every way in which its export differs.</summary>
internal static class LayerCases
{
    public static IReadOnlyDictionary<string, NetworkSpec> All { get; } = new Dictionary<string, NetworkSpec>
    {
        ["Linear"] = Vector(Linear(5), Linear(3) with { Bias = false }),
        ["Convolution1d"] = Signal(new Conv1d(4, 3) { Stride = 2, Padding = 1, Dilation = 2 }),
        ["Convolution2d"] = Image(
            new Conv2d(4, new(3, 2)) { Stride = new(1, 2), Padding = new(2, 1), Dilation = new(2, 1), Bias = false },
            new Conv2d(6, 2) { Groups = 2 }),
        ["Depthwise"] = Image(new Conv2d(3, 3) { Groups = 3, Padding = 1 }),
        ["MaxPool1d"] = Signal(new MaxPool1d(3) { Stride = 2, Padding = 1, CeilMode = true }),
        ["MaxPool2d"] = Image(new MaxPool2d(new(3, 2)) { Stride = new(2, 1), Padding = 1 }),
        ["MaxPoolCeil"] = Image(new MaxPool2d(2) { CeilMode = true }),
        ["AvgPool1d"] = Signal(new AvgPool1d(4) { Stride = 3, Padding = 2 }),
        ["AvgPool2d"] = Image(new AvgPool2d(3) { Stride = 2, Padding = 1 }),
        ["AvgPoolWithoutPadding"] = Image(new AvgPool2d(3) { Stride = 2, Padding = 1, CountIncludePad = false }),
        ["AvgPoolCeil"] = Image(new AvgPool2d(3) { Padding = 1, CeilMode = true }),
        ["AvgPoolCeilWithoutPadding"] = Image(new AvgPool2d(3) { Padding = 1, CeilMode = true, CountIncludePad = false }),
        ["GlobalPool1d"] = Signal(new AdaptiveAvgPool1d(1)),
        ["GlobalPool2d"] = Image(new AdaptiveAvgPool2d(1)),
        ["AdaptivePoolDivisible"] = Image(new AdaptiveAvgPool2d(new(4, 7))),
        ["AdaptivePool1d"] = Signal(new AdaptiveAvgPool1d(4)),
        ["AdaptivePool2d"] = Image(new AdaptiveAvgPool2d(new(3, 9))),
        ["BatchNormOfFeatures"] = Vector(Linear(4), new BatchNorm1d { Eps = 0.1 }, new ReLU(), new BatchNorm1d()),
        ["BatchNorm1d"] = Signal(new Conv1d(4, 3) { Bias = false }, new BatchNorm1d()),
        ["BatchNorm2d"] = Image(new Conv2d(4, 3), new BatchNorm2d(), new ReLU(), new BatchNorm2d()),
        ["Neutral"] = Vector(new Dropout(), Linear(4), new Identity(), new Dropout()),
        ["ReLU"] = Activation(new ReLU()),
        ["ReLU6"] = Activation(new ReLU6()),
        ["LeakyReLU"] = Activation(new LeakyReLU(0.2)),
        ["ELU"] = Activation(new ELU(0.7)),
        ["ELU1"] = Activation(new ELU(1)),
        ["GELU"] = Activation(new GELU()),
        ["GELUTanh"] = Vector(Linear(12), new GELU { Approximate = true }),
        ["SiLU"] = Activation(new SiLU()),
        ["Sigmoid"] = Activation(new Sigmoid()),
        ["Tanh"] = Activation(new Tanh()),
        ["Softplus"] = Activation(new Softplus(1, 20)),
        ["SoftplusSteep"] = Activation(new Softplus(3, 20)),
        ["SoftplusWithThreshold"] = Activation(new Softplus(2, 0.5)),
        ["Softmax"] = Image(new Conv2d(4, 3), new Softmax()),
        ["Add"] = Vector(
            Linear(4) with { Name = "a" },
            Linear(4) with { Name = "b", Inputs = ["input"] },
            new Add { Name = "sum", Inputs = ["a", "b"] },
            new Add { Name = "sums", Inputs = ["a", "sum", "b"] },
            new Add { Name = "twice", Inputs = ["sums", "sums"] }),
        ["AddOfActivation"] = Vector(
            Linear(4) with { Name = "a" },
            new ReLU { Name = "relu" },
            new Add { Name = "sum", Inputs = ["relu", "a"] },
            new ReLU { Name = "out" },
            new Add { Name = "again", Inputs = ["out", "relu"] }),
        ["AddOfRectifiedGELU"] = Vector(
            new GELU { Name = "gelu" },
            new ReLU { Name = "relu" },
            new Add { Name = "sum", Inputs = ["gelu", "relu"] }),
        ["Concat"] = Image(
            new Conv2d(4, 3) { Name = "a", Padding = 1 },
            new Conv2d(2, 1) { Name = "b", Inputs = ["input"] },
            new Concat { Name = "c", Inputs = ["a", "input", "b", "a"] }),
    };

    /// <summary>Networks as they are declared, of layers that have more axes or arguments.</summary>
    public static IReadOnlyDictionary<string, string> Declared { get; } = new Dictionary<string, string>
    {
        ["Hardswish"] = "[Network(6)] [Linear(9)] [Hardswish] [Linear(2)]",
        ["Hardsigmoid"] = "[Network(6)] [Linear(9)] [Hardsigmoid] [Linear(2)]",
        ["Hardtanh"] = "[Network(6)] [Linear(9)] [Hardtanh(-0.5, 2)] [Linear(2)]",
        ["Mish"] = "[Network(6)] [Linear(9)] [Mish] [Linear(2)]",
        ["SELU"] = "[Network(6)] [Linear(9)] [SELU] [Linear(2)]",
        ["CELU"] = "[Network(6)] [Linear(9)] [CELU(0.7)] [Linear(2)]",
        ["Softsign"] = "[Network(6)] [Linear(9)] [Softsign] [Linear(2)]",
        ["LogSigmoid"] = "[Network(6)] [Linear(9)] [LogSigmoid] [Linear(2)]",
        ["PReLU"] = "[Network(3, 5, 4)] [Conv2d(4, 3)] [PReLU] [Flatten] [Linear(2)]",
        ["PReLUOfFeatures"] = "[Network(6)] [Linear(5)] [PReLU] [Linear(2)]",
        ["Rows"] = "[Network(4, 6)] [Linear(5)] [ReLU] [Linear(3, Bias = false)] [Flatten] [Linear(2)]",
        ["RowsOfRows"] = "[Network(2, 3, 6)] [Linear(5)] [Flatten] [Linear(2)]",
        ["LayerNorm"] = "[Network(4, 6)] [LayerNorm] [Linear(5)] [LayerNorm(Eps = 0.1, Bias = false)] [Flatten] [Linear(2)]",
        ["LayerNormWithoutWeights"] = "[Network(3, 4, 6)] [LayerNorm(Axes = 3)] [LayerNorm(Axes = 2, Eps = 0.01)] [Flatten] [Linear(2)]",
        ["RMSNorm"] = "[Network(4, 6)] [RMSNorm] [Linear(5)] [RMSNorm(Eps = 0.1)] [Flatten] [Linear(2)]",
        ["GroupNorm"] = "[Network(6, 5, 4)] [GroupNorm(3)] [Conv2d(4, 3)] [GroupNorm(2, Eps = 0.1, Affine = false)] [Flatten] [Linear(2)]",
        ["GroupNorm1d"] = "[Network(6, 5)] [GroupNorm(3)] [Flatten] [Linear(2)]",
        ["InstanceNorm"] = "[Network(6, 5, 4)] [InstanceNorm2d(Affine = true)] [Conv2d(4, 3)] [InstanceNorm2d(Eps = 0.1)] [Flatten] [Linear(2)]",
        ["InstanceNorm1d"] = "[Network(6, 5)] [InstanceNorm1d] [Flatten] [Linear(2)]",
        ["Normalize"] = "[Network(4, 6)] [Linear(5)] [Normalize] [Flatten] [Linear(2)]",
        ["ConvTranspose1d"] =
            "[Network(3, 5)] [ConvTranspose1d(4, 3, Stride = 2, Padding = 1, OutputPadding = 1, Bias = false)] [Flatten] [Linear(2)]",
        ["ConvTranspose2d"] = """
            [Network(4, 5, 4)] [ConvTranspose2d(6, 3, 2, StrideH = 2, StrideW = 3, PaddingH = 1, PaddingW = 0, Groups = 2)]
            [ConvTranspose2d(2, 2, Dilation = 2)] [Flatten] [Linear(2)]
            """,
        ["Nearest"] = "[Network(3, 4, 5)] [Upsample(3)] [Conv2d(2, 3)] [Flatten] [Linear(2)]",
        ["Nearest1d"] = "[Network(3, 4)] [Upsample(2)] [Flatten] [Linear(2)]",
        ["Bilinear"] = "[Network(3, 4, 5)] [Upsample(2, Mode = UpsampleMode.Bilinear)] [Flatten] [Linear(2)]",
        ["PixelShuffle"] = "[Network(8, 4, 5)] [PixelShuffle(2)] [Flatten] [Linear(2)]",
        ["ChannelShuffle"] = "[Network(6, 4, 5)] [ChannelShuffle(3)] [Conv2d(4, 1)] [ChannelShuffle(2)] [Flatten] [Linear(2)]",
        ["ZeroPad"] = "[Network(3, 4, 5)] [ZeroPad2d(1, 2, 0, 1)] [ReLU] [Flatten] [Linear(2)]",
        ["ReflectionPad"] = "[Network(3, 4, 5)] [ReflectionPad2d(2)] [Conv2d(2, 3)] [ReflectionPad2d(1, 0, 1, 0)] [Flatten] [Linear(2)]",
        ["GlobalMaxPool"] = "[Network(3, 4, 5)] [Conv2d(4, 2)] [AdaptiveMaxPool2d(1)] [Flatten] [Linear(2)]",
        ["GlobalMaxPool1d"] = "[Network(3, 4)] [AdaptiveMaxPool1d(1)] [Flatten] [Linear(2)]",
        ["Permute"] = "[Network(3, 4, 5)] [Permute(1, 2, 0)] [Linear(4)] [Permute(2, 0, 1)] [Conv2d(2, 3)] [Flatten] [Linear(2)]",
        ["Reshape"] = "[Network(3, 4, 5)] [Reshape(6, 10)] [Linear(4)] [Reshape(3, 2, 2, 2)] [Flatten] [Linear(2)]",
        ["Select"] = "[Network(4, 6)] [Linear(5)] [Select(1)] [Linear(3)]",
        ["SelectOfAxis"] = "[Network(4, 6, 3)] [Linear(5)] [Select(2, Dim = 1)] [Flatten] [Linear(2)]",
        ["Narrow"] = "[Network(4, 6)] [Narrow(1, 2)] [Narrow(2, 3, Dim = 1)] [Flatten] [Linear(2)]",
        ["Mean"] = "[Network(4, 6)] [Linear(5)] [Mean] [Linear(2)]",
        ["MeanOfAxis"] = "[Network(4, 6, 3)] [Mean(Dim = 1)] [Flatten] [Linear(2)]",
        ["Max"] = "[Network(4, 6)] [Linear(5)] [Max] [Linear(2)]",
        ["MaxOfAxis"] = "[Network(4, 6, 3)] [Max(Dim = 2)] [Flatten] [Linear(2)]",
        ["Multiply"] = """
            [Network(3, 5, 4)] [Conv2d(4, 3, Name = "x")] [AdaptiveAvgPool2d(1)] [Conv2d(2, 1)] [ReLU] [Conv2d(4, 1)]
            [Hardsigmoid(Name = "gate")]
            [Multiply("x", "gate")] [Flatten] [Linear(2)]
            """,
        ["MatMul"] = """
            [Network(4, 6)] [Linear(6, Name = "a")]
            [MatMul("a", "input", TransposeB = true)] [Softmax]
            [MatMul("2", "input")] [Flatten] [Linear(2)]
            """,
        ["MatMulOfHeads"] = """
            [Network(4, 6)] [Linear(6, Name = "a")]
            [MatMul("a", "input", TransposeB = true, Heads = 2)] [Softmax(Dim = 2)]
            [MatMul("2", "input", Heads = 2)] [Flatten] [Linear(2)]
            """,
        ["SharedWeights"] = """
            [Network(4, 6)] [Linear(6, Name = "a")] [ReLU]
            [Linear(6, Weights = "a", Bias = false)] [Flatten] [Linear(2)]
            """,
        ["Broadcast"] = """
            [Network(4, 6)] [Linear(5, Name = "a")]
            [Linear(1, Name = "b", From = "input")]
            [Add("a", "b")] [Flatten] [Linear(2)]
            """,
        ["LayerScale"] = "[Network(3, 4, 5)] [ReLU] [LayerScale(Name = \"gamma\")] [Flatten] [Linear(2)]",
        ["LayerScaleOfRows"] = "[Network(4, 5)] [ReLU] [LayerScale(Name = \"gamma\")] [Flatten] [Linear(2)]",
        ["SoftmaxOfLast"] = "[Network(3, 4, 5)] [Softmax(Dim = 2)] [Softmax(Dim = 1)] [Softmax] [Flatten] [Linear(2)]",
        ["SoftmaxOfRows"] = "[Network(4, 5)] [Softmax] [Softmax(Dim = 0)] [Flatten] [Linear(2)]",
        ["ConcatOfAxis"] = """
            [Network(4, 6)] [Linear(5, Name = "a")]
            [Concat("a", "input", Dim = 1)] [Flatten] [Linear(2)]
            """,
    };

    private static Linear Linear(int outputs) => new(outputs);

    private static NetworkSpec Activation(LayerSpec activation) => Vector(Linear(12), activation);

    private static NetworkSpec Vector(params LayerSpec[] layers) => Network(Shape.Of(6), [.. layers, Linear(3)]);

    private static NetworkSpec Signal(params LayerSpec[] layers) => Network(Shape.Of(3, 11), [.. layers, new Flatten(), Linear(3)]);

    private static NetworkSpec Image(params LayerSpec[] layers) => Network(Shape.Of(3, 8, 7), [.. layers, new Flatten(), Linear(3)]);

    private static NetworkSpec Network(Shape input, LayerSpec[] layers) => new(
        input, [.. NetworkSpec.Sequential(input, layers).Layers.Zip(layers, (named, given) => given.Name.Length > 0 ? given : named)]);
}
