using Microsoft.ML.OnnxRuntime;

namespace LrpGen.Benchmarks.Peers;

/// <summary>A network in ONNX Runtime, with input and output in memory that is allocated once.</summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private readonly SessionOptions options;
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly IReadOnlyList<OrtValue> inputs;
    private readonly OrtValue output;
    private readonly string[] outputName;

    /// <summary>Loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="threads">Threads that one run works on.</param>
    /// <param name="inputs">In the order in which the model has them.</param>
    /// <param name="output">Receives the first output.</param>
    public OnnxRuntimeModel(string path, int threads, IReadOnlyList<OrtValue> inputs, OrtValue output)
    {
        (this.inputs, this.output) = (inputs, output);
        options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new InferenceSession(path, options);
        outputName = [session.OutputNames[0]];
    }

    /// <summary>Predicts.</summary>
    public void Run() => session.Run(run, session.InputNames, inputs, outputName, [output]);

    public void Dispose()
    {
        foreach (OrtValue value in inputs.Append(output))
        {
            value.Dispose();
        }

        run.Dispose();
        session.Dispose();
        options.Dispose();
    }
}
