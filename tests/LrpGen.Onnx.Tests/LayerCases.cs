using LrpGen.Tests.Reference;

namespace LrpGen.Onnx.Tests;

/// <summary>What is sent to ONNX and back: every kind of layer by itself, and layers of which the import looks at several together.</summary>
internal static class LayerCases
{
    /// <summary>Each kind of layer in all forms that ONNX has.</summary>
    public static IReadOnlyDictionary<string, LayerCase> Single { get; } = LayerTrials.All
        .SelectMany(kind => kind.Exports, (kind, given) => KeyValuePair.Create($"{kind.NameOf(given)}Layer", given)).ToDictionary();

    /// <summary>Layers together.</summary>
    public static IReadOnlyDictionary<string, NetworkSpec> Together { get; } = new Dictionary<string, NetworkSpec>
    {
        ["BatchNormOfFeatures"] = Vector(Linear(4), new BatchNorm1d { Eps = 0.1 }, new ReLU(), new BatchNorm1d()),
        ["BatchNormOfSignal"] = Signal(new Conv1d(4, 3) { Bias = false }, new BatchNorm1d()),
        ["BatchNormOfImage"] = Image(new Conv2d(4, 3), new BatchNorm2d(), new ReLU(), new BatchNorm2d()),
        ["Neutral"] = Vector(new Dropout(), Linear(4), new Identity(), new Dropout()),
        ["Sums"] = Vector(
            Linear(4) with { Name = "a" },
            Linear(4) with { Name = "b", Inputs = ["input"] },
            new Add { Name = "sum", Inputs = ["a", "b"] },
            new Add { Name = "sums", Inputs = ["a", "sum", "b"] },
            new Add { Name = "twice", Inputs = ["sums", "sums"] }),
        ["SumsOfActivation"] = Vector(
            Linear(4) with { Name = "a" },
            new ReLU { Name = "relu" },
            new Add { Name = "sum", Inputs = ["relu", "a"] },
            new ReLU { Name = "out" },
            new Add { Name = "again", Inputs = ["out", "relu"] }),
        ["SumOfRectifiedGELU"] = Vector(
            new GELU { Name = "gelu" },
            new ReLU { Name = "relu" },
            new Add { Name = "sum", Inputs = ["gelu", "relu"] }),
        ["ConcatOfBranches"] = Image(
            new Conv2d(4, 3) { Name = "a", Padding = 1 },
            new Conv2d(2, 1) { Name = "b", Inputs = ["input"] },
            new Concat { Name = "c", Inputs = ["a", "input", "b", "a"] }),
    };

    /// <summary>Networks as they are declared.</summary>
    public static IReadOnlyDictionary<string, string> Declared { get; } = new Dictionary<string, string>
    {
        ["Rows"] = "[Network(4, 6)] [Linear(5)] [ReLU] [Linear(3, Bias = false)] [Flatten] [Linear(2)]",
        ["ChannelsLast"] = "[Network(3, 4, 5)] [Permute(1, 2, 0)] [Linear(4)] [Permute(2, 0, 1)] [Conv2d(2, 3)] [Flatten] [Linear(2)]",
        ["OtherSizes"] = "[Network(3, 4, 5)] [Reshape(6, 10)] [Linear(4)] [Reshape(3, 2, 2, 2)] [Flatten] [Linear(2)]",
        ["SqueezeAndExcitation"] = """
            [Network(3, 5, 4)] [Conv2d(4, 3, Name = "x")] [AdaptiveAvgPool2d(1)] [Conv2d(2, 1)] [ReLU] [Conv2d(4, 1)]
            [Hardsigmoid(Name = "gate")]
            [Multiply("x", "gate")] [Flatten] [Linear(2)]
            """,
        ["MatMulAttention"] = """
            [Network(4, 6)] [Linear(6, Name = "a")]
            [MatMul("a", "input", TransposeB = true)] [Softmax]
            [MatMul("2", "input")] [Flatten] [Linear(2)]
            """,
        ["MatMulAttentionOfHeads"] = """
            [Network(4, 6)] [Linear(6, Name = "a")]
            [MatMul("a", "input", TransposeB = true, Heads = 2)] [Softmax(Dim = 2)]
            [MatMul("2", "input", Heads = 2)] [Flatten] [Linear(2)]
            """,
        ["SharedWeights"] = """
            [Network(4, 6)] [Linear(6, Name = "a")] [ReLU]
            [Linear(6, Weights = "a", Bias = false)] [Flatten] [Linear(2)]
            """,
        ["BroadcastSum"] = """
            [Network(4, 6)] [Linear(5, Name = "a")]
            [Linear(1, Name = "b", From = "input")]
            [Add("a", "b")] [Flatten] [Linear(2)]
            """,
        ["NamedScale"] = "[Network(3, 4, 5)] [ReLU] [LayerScale(Name = \"gamma\")] [Flatten] [Linear(2)]",
    };

    private static Linear Linear(int outputs) => new(outputs);

    private static NetworkSpec Vector(params LayerSpec[] layers) => Network(Shape.Of(6), [.. layers, Linear(3)]);

    private static NetworkSpec Signal(params LayerSpec[] layers) => Network(Shape.Of(3, 11), [.. layers, new Flatten(), Linear(3)]);

    private static NetworkSpec Image(params LayerSpec[] layers) => Network(Shape.Of(3, 8, 7), [.. layers, new Flatten(), Linear(3)]);

    private static NetworkSpec Network(Shape input, LayerSpec[] layers) => new(
        input, [.. NetworkSpec.Sequential(input, layers).Layers.Zip(layers, (named, given) => given.Name.Length > 0 ? given : named)]);
}
