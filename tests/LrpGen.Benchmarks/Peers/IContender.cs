using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Peers;

/// <summary>A network that is measured beside ONNX Runtime.</summary>
internal interface IContender
{
    /// <summary>Its short name.</summary>
    string Name { get; }

    /// <summary>What can be measured of it.</summary>
    IReadOnlyList<Item> Items { get; }

    /// <summary>Several inputs of a call.</summary>
    bool TakesBatches { get; }

    /// <summary>Writes the model that ONNX Runtime computes.</summary>
    void WriteModel(string path);

    /// <summary>Loads both.</summary>
    /// <param name="model">Path of the model.</param>
    /// <param name="threads">Threads of a call of either.</param>
    /// <param name="batch">Inputs of a call of either.</param>
    Contest Open(string model, int threads, int batch);

    /// <summary>Loads the network and does an item once.</summary>
    void Once(Item item);
}

/// <summary>A network and ONNX Runtime with the same weights, ready for the same inputs.</summary>
/// <param name="CallOf">The call that does an item of all inputs.</param>
/// <param name="Peer">ONNX Runtime.</param>
/// <param name="Ours">Outputs of the forward pass.</param>
/// <param name="Theirs">ONNX Runtime's.</param>
internal sealed record Contest(Func<Item, Action> CallOf, OnnxRuntimeModel Peer, float[] Ours, float[] Theirs) : IDisposable
{
    public void Dispose() => Peer.Dispose();
}
