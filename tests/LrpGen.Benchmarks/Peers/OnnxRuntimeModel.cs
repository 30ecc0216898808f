using Microsoft.ML.OnnxRuntime;

namespace LrpGen.Benchmarks.Peers;

/// <summary>A network in ONNX Runtime, with input and output in memory that is allocated once.</summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private readonly SessionOptions options;
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;

    /// <summary>Loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="description">Its layers.</param>
    /// <param name="threads">Threads that one run works on.</param>
    /// <param name="input">The samples, one after another.</param>
    /// <param name="output">Receives the outputs.</param>
    public OnnxRuntimeModel(string path, NetworkDescription description, int threads, float[] input, float[] output)
    {
        options = new SessionOptions { IntraOpNumThreads = threads, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        session = new InferenceSession(path, options);
        long batch = input.Length / Length(description.InputShape);
        inputs = [OrtValue.CreateTensorValueFromMemory(input, [batch, .. description.InputShape])];
        outputs = [OrtValue.CreateTensorValueFromMemory(output, [batch, .. description.Layers[^1].OutputShape])];
    }

    /// <summary>Predicts.</summary>
    public void Run() => session.Run(run, session.InputNames, inputs, session.OutputNames, outputs);

    public void Dispose()
    {
        inputs[0].Dispose();
        outputs[0].Dispose();
        run.Dispose();
        session.Dispose();
        options.Dispose();
    }

    private static long Length(IReadOnlyList<int> shape) => shape.Aggregate(1L, (product, length) => product * length);
}
