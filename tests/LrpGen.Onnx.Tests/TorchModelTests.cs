using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Onnx.Tests;

/// <summary>Models as PyTorch exports them: the imported classes predict what ONNX Runtime does.</summary>
public sealed class TorchModelTests
{
    /// <summary>Both compute in float32, and sum in different orders.</summary>
    private const double Tolerance = 1e-5;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data");

    private static readonly string[] Names =
    [
        "activations", "activations_opset9", "bottleneck", "bottleneck_with_batch_norm", "channels_last", "mean", "mobile_v3", "reshaped", "signal",
        "recurrent/lstm_series", "recurrent/modules", "recurrent/states", "tokens/vision", "windows",
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, INetwork>> Networks = new(() =>
    {
        Dictionary<string, ImportedNetwork> imported = Names.ToDictionary(name => name, Import);
        Assembly assembly = Compiler.Load(null, imported.Values.Select(network => network.Source));
        return imported.ToDictionary(
            network => network.Key, network => NetworkLibrary.Load(assembly, network.Value.ClassName, network.Value.Weights));
    });

    public static TheoryData<string> Models => [.. Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void PredictsAsOnnxRuntime(string name)
    {
        INetwork network = Networks.Value[name];
        Random random = new(1);
        float[] input = [.. Enumerable.Range(0, network.InputSize).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        float[] expected = Judge.Predict(File.ReadAllBytes(PathOf(name)), name == "channels_last" ? ChannelsLast(input, channels: 3) : input);
        if (name == "signal")
        {
            // The class gives logits, the model their softmax.
            double sum = output.Sum(logit => Math.Exp(logit));
            output = Array.ConvertAll(output, logit => (float)(Math.Exp(logit) / sum));
        }

        Numbers.AssertClose(expected.ToDoubles(), output.ToDoubles(), Tolerance, name);
    }

    /// <summary>Names of modules, batch norm and ReLU on the line of their convolution, From and Add only where needed.</summary>
    [Fact]
    public void TheClassIsReadable() => Assert.Equal(
        """
        using LrpGen;

        namespace Declared;

        /// <summary>Imported from bottleneck_with_batch_norm.onnx. The input is (3, 8, 8).</summary>
        [Network(3, 8, 8)]
        [Conv2d(4, 3, Stride = 2, Padding = 1, Bias = false, Name = "stem.0")] [BatchNorm2d(Name = "stem.1")]
        [ReLU6(Name = "stem.2")]
        [Conv2d(8, 1, Bias = false, Name = "block.0")] [BatchNorm2d(Eps = 0.001, Name = "block.1")] [ReLU6]
        [Conv2d(8, 3, Padding = 1, Groups = 8, Bias = false, Name = "block.3")] [BatchNorm2d(Name = "block.4")] [ReLU6]
        [Conv2d(4, 1, Bias = false, Name = "block.6")] [BatchNorm2d(Name = "block.7")]
        [Add("stem.2", "block.7")] [AdaptiveAvgPool2d(1)] [Flatten]
        [Linear(3, Name = "head")]
        [Explain<EpsilonPlusFlat>]
        public sealed partial class BottleneckWithBatchNorm;

        """,
        Import("bottleneck_with_batch_norm").Source);

    [Fact]
    public void NotesTellWhatDiffers()
    {
        Assert.Equal(
            ["node '/7/Softmax' (Softmax) at the end is left out: the class gives logits, from which explanations start."], Import("signal").Notes);
        Assert.Collection(
            Import("channels_last").Notes,
            note => Assert.Equal("The model takes its input as (6, 8, 3), the class as (3, 6, 8): channels first.", note),
            note => Assert.StartsWith("node '/conv/Conv' (Conv): more padding on one side is done by 1×1 taps of zero.", note));
    }

    [Fact]
    public void ASoftmaxAtTheEndCanBeKept()
    {
        ImportedNetwork kept = OnnxModel.Import(PathOf("signal"), new() { KeepSoftmax = true });
        Assert.Empty(kept.Notes);
        Assert.EndsWith("[Softmax(Name = \"7\")]\npublic sealed partial class Signal;\n", kept.Source);
    }

    private static ImportedNetwork Import(string name) => OnnxModel.Import(PathOf(name), new() { Namespace = Declaration.Namespace });

    private static string PathOf(string name) => Path.Combine(Folder, $"{name}.onnx");

    private static float[] ChannelsLast(float[] values, int channels)
    {
        int pixels = values.Length / channels;
        return [.. Enumerable.Range(0, values.Length).Select(i => values[(i % channels * pixels) + (i / channels)])];
    }
}
