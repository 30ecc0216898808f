using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Peers;

/// <summary>Inputs and results of a network's calls.</summary>
internal sealed class Workload
{
    private readonly LoadedNetwork loaded;
    private readonly int batch;
    private readonly int threads;
    private readonly int[] targets;
    private readonly float[] relevances;

    /// <summary>Makes inputs, and explains the likeliest outputs.</summary>
    /// <param name="loaded">The network.</param>
    /// <param name="batch">Number of inputs; if there are several, each is explained by one thread.</param>
    /// <param name="threads">Samples at a time.</param>
    public Workload(LoadedNetwork loaded, int batch, int threads)
    {
        (this.loaded, this.batch, this.threads) = (loaded, batch, threads);
        Inputs = new float[batch * loaded.Network.InputSize];
        Uniform.Fill(Inputs, seed: 0, low: -3, high: 3);
        Outputs = new float[batch * loaded.Network.OutputSize];
        relevances = new float[Inputs.Length];
        loaded.Network.ForwardBatch(Inputs, Outputs);
        targets = [.. Outputs.Chunk(loaded.Network.OutputSize).Select(logits => logits.IndexOf(logits.Max()))];
    }

    public float[] Inputs { get; }

    public float[] Outputs { get; }

    /// <summary>A call that does the whole batch.</summary>
    public Action CallOf(Item item) => (item, batch) switch
    {
        (Item.F, 1) => () => loaded.Calls.Forward(Inputs, Outputs),
        (Item.F, _) => () => loaded.Network.ForwardBatch(Inputs, Outputs, threads),
        (_, 1) => ExplainOne(loaded.Calls.Of(item)),
        _ => () => loaded.Network.ExplainBatch(Calls.NameOf(item), Inputs, targets, relevances, threads),
    };

    private Action ExplainOne(Explain explain)
    {
        int target = targets[0];
        return () => explain(Inputs, target, relevances);
    }
}
