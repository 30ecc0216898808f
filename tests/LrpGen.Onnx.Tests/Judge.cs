using Microsoft.ML.OnnxRuntime;

namespace LrpGen.Onnx.Tests;

/// <summary>ONNX Runtime, which says what a model's output is.</summary>
internal static class Judge
{
    /// <summary>The output for one sample, in the model's own shape of it.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="input">The sample, in the order in which the model takes it.</param>
    public static float[] Predict(byte[] model, float[] input)
    {
        // Its optimisations take zeros before a max pool for positions that do not count.
        using SessionOptions options = new() { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using InferenceSession session = new(model, options);
        (string name, NodeMetadata metadata) = session.InputMetadata.Single();
        long[] shape = [1, .. metadata.Dimensions.Skip(1)];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [name], [value], session.OutputNames);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
