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
        Subject subject = Subject.All.Single(subject => subject.Name == Net);
        OnnxModel.Export(subject.Description, new RandomTensors(subject.Description), model.Path);
        Workload workload = new(subject.Load(1), batch: 1, threads: 1);
        peer = new OnnxRuntimeModel(model.Path, subject.Description, threads: 1, workload.Inputs, new float[workload.Outputs.Length]);
        forward = workload.CallOf(Item.F);
        epsilon = workload.CallOf(Item.E);
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
