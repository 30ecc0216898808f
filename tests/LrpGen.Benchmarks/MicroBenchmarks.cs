using BenchmarkDotNet.Attributes;
using LrpGen.Benchmarks.Networks;
using LrpGen.Benchmarks.Peers;
using LrpGen.Onnx;

namespace LrpGen.Benchmarks;

/// <summary>The small networks beside ONNX Runtime, by BenchmarkDotNet.</summary>
[InProcess, MemoryDiagnoser]
public class MicroBenchmarks
{
    private readonly TemporaryPath model = new();
    private OnnxRuntimeModel? peer;
    private Action? forward;
    private Action? epsilon;

    /// <summary>Short name of the network.</summary>
    [Params("T", "M")]
    public string Net { get; set; } = "";

    /// <summary>Loads the network.</summary>
    [GlobalSetup]
    public void Load()
    {
        ImageContender contender = new(Subject.All.Single(subject => subject.Name == Net));
        contender.WriteModel(model.Path);
        Contest contest = contender.Open(model.Path, threads: 1, batch: 1);
        (forward, epsilon, peer) = (contest.CallOf(Item.F), contest.CallOf(Item.E), contest.Peer);
    }

    /// <summary>Closes ONNX Runtime's session.</summary>
    [GlobalCleanup]
    public void Close()
    {
        peer!.Dispose();
        model.Dispose();
    }

    /// <summary>ONNX Runtime's forward pass.</summary>
    [Benchmark(Baseline = true)]
    public void OnnxRuntime() => peer!.Run();

    /// <summary>The forward pass.</summary>
    [Benchmark]
    public void Forward() => forward!();

    /// <summary>A prediction and its explanation by ε.</summary>
    [Benchmark]
    public void Epsilon() => epsilon!();
}
