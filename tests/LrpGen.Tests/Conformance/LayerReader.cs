using System.Text.Json;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Reads layers from the files of Data/conformance, which have PyTorch's names and arguments.</summary>
internal static class LayerReader
{
    private static readonly Dictionary<string, Func<Arguments, LayerSpec>> Readers = new()
    {
        ["Linear"] = layer => new Linear(layer.Integer("out_features")) { Bias = layer.Bias },
        ["Conv1d"] = layer => WithWindows(new Conv1d(layer.Integer("out_channels"), layer.Pair("kernel_size")), layer),
        ["Conv2d"] = layer => WithWindows(new Conv2d(layer.Integer("out_channels"), layer.Pair("kernel_size")), layer),
        ["ConvTranspose2d"] = layer => WithWindows(
            new ConvTranspose2d(layer.Integer("out_channels"), layer.Pair("kernel_size")) { OutputPadding = layer.Pair("output_padding", 0) }, layer),
        ["MaxPool1d"] = layer => WithWindows(new MaxPool1d(layer.Pair("kernel_size")), layer),
        ["MaxPool2d"] = layer => WithWindows(new MaxPool2d(layer.Pair("kernel_size")), layer),
        ["AvgPool2d"] = layer => WithWindows(new AvgPool2d(layer.Pair("kernel_size")), layer),
        ["AdaptiveAvgPool1d"] = layer => new AdaptiveAvgPool1d(layer.Pair("output_size")),
        ["AdaptiveAvgPool2d"] = layer => new AdaptiveAvgPool2d(layer.Pair("output_size")),
        ["BatchNorm1d"] = _ => new BatchNorm1d(),
        ["BatchNorm2d"] = _ => new BatchNorm2d(),
        ["LayerNorm"] = layer => new LayerNorm { Eps = layer.Number("eps", 1e-5) },
        ["GroupNorm"] = layer => new GroupNorm(layer.Integer("num_groups")) { Eps = layer.Number("eps", 1e-5) },
        ["Flatten"] = layer => new Flatten(layer.Integer("start_dim", 0)),
        ["Transpose"] = _ => new Transpose(),
        ["Permute"] = layer => new Permute(layer.Integers("dims")),
        ["Mean"] = layer => new Mean(layer.Integer("dim")),
        ["Upsample"] = layer => new Upsample(layer.Integer("scale_factor")),
        ["LayerScale"] = _ => new LayerScale(),
        ["Embedding"] = layer => new Embedding(layer.Integer("num_embeddings"), layer.Integer("embedding_dim")),
        ["ScaledDotProductAttention"] = layer => new ScaledDotProductAttention(layer.Integer("heads"))
        {
            KeyValueHeads = layer.Has("key_value_heads") ? layer.Integer("key_value_heads") : null,
            Causal = layer.Flag("causal"),
        },
        ["GELUTanh"] = _ => new GELU { Approximate = true },
        ["RMSNorm"] = layer => new RMSNorm { Eps = layer.Number("eps", 1e-6) },
        ["SiLU"] = _ => new SiLU(),
        ["RotaryEmbedding"] = layer => new RotaryEmbedding(layer.Integer("heads")) { Base = layer.Number("base", 10000) },
        ["ClassToken"] = _ => new ClassToken(),
        ["MultiheadAttention"] = layer => new MultiheadAttention(layer.Integer("heads")) { Causal = layer.Flag("causal") },
        ["Select"] = layer => new Select(layer.Integer("index")),
        ["PositionEmbedding"] = layer => new PositionEmbedding(layer.Has("num_embeddings") ? layer.Integer("num_embeddings") : null),
        ["LSTM"] = layer => new LSTM(layer.Integer("hidden_size")) { Layers = layer.Integer("num_layers"), Bidirectional = layer.Flag("bidirectional") },
        ["GRU"] = layer => new GRU(layer.Integer("hidden_size")) { Layers = layer.Integer("num_layers"), Bidirectional = layer.Flag("bidirectional") },
        ["AdaptiveMaxPool1d"] = layer => new AdaptiveMaxPool1d(layer.Integer("output_size")),
        ["Add"] = _ => new Add(),
        ["Multiply"] = _ => new Multiply(),
        ["Concat"] = _ => new Concat(),
        ["Dropout"] = _ => new Dropout(),
        ["ReLU"] = _ => new ReLU(),
        ["ReLU6"] = _ => new ReLU6(),
        ["LeakyReLU"] = layer => new LeakyReLU(layer.Number("negative_slope", 0.01)),
        ["PReLU"] = _ => new PReLU(),
        ["GELU"] = _ => new GELU(),
        ["Sigmoid"] = _ => new Sigmoid(),
        ["Tanh"] = _ => new Tanh(),
        ["Mish"] = _ => new Mish(),
        ["Hardswish"] = _ => new Hardswish(),
        ["Hardsigmoid"] = _ => new Hardsigmoid(),
    };

    /// <summary>The network of a file.</summary>
    /// <param name="shape">Name of its shape, if it has no tokens.</param>
    public static NetworkSpec Network(JsonElement json, string shape)
    {
        Arguments network = new(json);
        return new(
            network.Has("tokens") ? Shape.Of(network.Integer("tokens"), 1) : Shape.Of(network.Integers(shape)),
            [.. json.GetProperty("layers").EnumerateArray().Select(Layer)]);
    }

    private static LayerSpec Layer(JsonElement json) => Readers[json.GetProperty("op").GetString()!](new(json)) with
    {
        Name = json.GetProperty("name").GetString()!,
        Inputs = json.TryGetProperty("from", out JsonElement from) ? [.. from.EnumerateArray().Select(name => name.GetString()!)] : [],
    };

    private static KernelSpec WithWindows(KernelSpec spec, Arguments layer) => spec with
    {
        Stride = layer.Pair("stride", 1),
        Padding = layer.Pair("padding", 0),
        Dilation = layer.Pair("dilation", 1),
        Groups = layer.Integer("groups", 1),
        Bias = layer.Bias,
    };

    private static SlidingPool WithWindows(SlidingPool spec, Arguments layer) =>
        spec with { Stride = layer.Pair("stride", spec.Kernel), Padding = layer.Pair("padding", 0) };

    /// <summary>Arguments, of which some have defaults.</summary>
    private readonly struct Arguments(JsonElement json)
    {
        public bool Bias => !json.TryGetProperty("bias", out JsonElement bias) || bias.GetBoolean();

        public bool Flag(string name) => json.TryGetProperty(name, out JsonElement flag) && flag.GetBoolean();

        public bool Has(string name) => json.TryGetProperty(name, out _);

        public int Integer(string name) => json.GetProperty(name).GetInt32();

        public int Integer(string name, int otherwise) => json.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : otherwise;

        public double Number(string name, double otherwise) => json.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;

        public int[] Integers(string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

        public Pair Pair(string name) =>
            json.GetProperty(name).ValueKind == JsonValueKind.Array && Integers(name) is [int height, int width]
                ? new Reference.Pair(height, width)
                : Integer(name);

        public Pair Pair(string name, Pair otherwise) => json.TryGetProperty(name, out _) ? Pair(name) : otherwise;
    }
}
