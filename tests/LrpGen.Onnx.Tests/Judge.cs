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
        using InferenceSession session = Session(model);
        (string name, NodeMetadata metadata) = session.InputMetadata.Single();
        int rest = metadata.Dimensions.Skip(2).Aggregate(1, (product, size) => product * size);
        long[] shape = [1, .. metadata.Dimensions.Skip(1).Select(size => size < 0 ? input.Length / rest : size)];
        return Run(session, new() { [name] = OrtValue.CreateTensorValueFromMemory(input, shape) }, session.OutputNames[0]);
    }

    /// <summary>The output for token ids, all of them of type 0 and none masked.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="output">Which output; null for the first.</param>
    public static float[] Predict(byte[] model, int[] ids, string? output = null) => Predict(model, [ids], output).Single();

    /// <summary>The same for several texts.</summary>
    public static IEnumerable<float[]> Predict(byte[] model, IEnumerable<int[]> texts, string? output = null)
    {
        using InferenceSession session = Session(model);
        foreach (int[] ids in texts)
        {
            Dictionary<string, OrtValue> inputs = session.InputMetadata.Keys.Index().ToDictionary(
                input => input.Item,
                input => OrtValue.CreateTensorValueFromMemory(
                    Array.ConvertAll(ids, id => input.Index == 0 ? id : input.Item.Contains("mask", StringComparison.Ordinal) ? 1L : 0L),
                    [1, ids.Length]));
            yield return Run(session, inputs, output ?? session.OutputNames[0]);
        }
    }

    /// <summary>Its optimisations take zeros before a max pool for positions that do not count.</summary>
    private static InferenceSession Session(byte[] model)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        return new InferenceSession(model, options);
    }

    private static float[] Run(InferenceSession session, Dictionary<string, OrtValue> inputs, string output)
    {
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, inputs, [output]);
        float[] values = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        foreach (OrtValue input in inputs.Values)
        {
            input.Dispose();
        }

        return values;
    }
}
