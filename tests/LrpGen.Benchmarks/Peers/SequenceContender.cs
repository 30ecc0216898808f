using LrpGen.Benchmarks.Networks;
using LrpGen.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LrpGen.Benchmarks.Peers;

/// <summary>A transformer or a recurrent network, explained for its first output.</summary>
/// <param name="description">Its layers.</param>
/// <param name="input">What it reads.</param>
/// <param name="load">Loads it for a number of threads.</param>
/// <param name="peerInputs">Makes what ONNX Runtime reads, in the order of the model's inputs.</param>
internal sealed class SequenceContender<TInput>(
    string name,
    NetworkDescription description,
    TInput[] input,
    Func<ITensorSource, int, INetworkOf<TInput>> load,
    Func<TInput[], IReadOnlyList<OrtValue>> peerInputs) : IContender
    where TInput : unmanaged
{
    /// <summary>The weights; random ones by default.</summary>
    public Func<ITensorSource> Weights { get; init; } = () => new RandomTensors(description);

    /// <summary>A model of others that has the weights; by default the network is written as one.</summary>
    public Action<string>? Model { get; init; }

    public string Name => name;

    public IReadOnlyList<Item> Items => [Item.F, Item.E, Item.A];

    public bool TakesBatches => false;

    public void WriteModel(string path)
    {
        if (Model is null)
        {
            OnnxModel.Export(description, Weights(), path);
        }
        else
        {
            Model(path);
        }
    }

    public Contest Open(string model, int threads, int batch)
    {
        INetworkOf<TInput> network = load(Weights(), threads);
        float[] ours = Output();
        float[] theirs = Output();
        network.Forward(input, ours);
        OnnxRuntimeModel peer = new(model, threads, peerInputs(input), OrtValue.CreateTensorValueFromMemory(theirs, OutputShape));
        return new(item => CallOf(network, item, ours), peer, ours, theirs);
    }

    public void Once(Item item) => CallOf(load(Weights(), 1), item, Output())();

    /// <summary>With a batch of one, and as many rows as the input has where there is one for each.</summary>
    private long[] OutputShape => description.IsVariable && description.Layers[^1].OutputShape is { Count: > 1 } rows
        ? [1, input.Length, .. rows.Skip(1)]
        : [1, .. description.Layers[^1].OutputShape];

    private float[] Output() => new float[OutputShape.Aggregate((product, length) => product * length)];

    private Action CallOf(INetworkOf<TInput> network, Item item, float[] output)
    {
        string? explanation = item switch
        {
            Item.F => null,
            Item.E => nameof(CPLRP),
            Item.A => nameof(AttnLRP),
            _ => throw new ArgumentOutOfRangeException(nameof(item), item, "No explanation of sequences."),
        };
        float[] relevance = new float[input.Length];
        return explanation is null
            ? () => network.Forward(input, output)
            : () => network.Explain(explanation, input, 0, relevance);
    }
}
