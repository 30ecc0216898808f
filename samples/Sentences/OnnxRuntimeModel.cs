using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Sentences;

/// <summary>ONNX Runtime on the same file, for comparison.</summary>
internal sealed class OnnxRuntimeModel(byte[] model) : IDisposable
{
    private readonly InferenceSession session = Open(model);

    public void Dispose() => session.Dispose();

    /// <summary>Embeds a sentence: the mean of the model's rows, with length 1.</summary>
    public float[] Embed(Sentence sentence)
    {
        int tokens = sentence.Ids.Length;
        using OrtValue ids = Row(Array.ConvertAll(sentence.Ids, static id => (long)id));
        using OrtValue mask = Row([.. Enumerable.Repeat(1L, tokens)]);
        using OrtValue types = Row(new long[tokens]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            options,
            new Dictionary<string, OrtValue> { ["input_ids"] = ids, ["attention_mask"] = mask, ["token_type_ids"] = types },
            ["last_hidden_state"]);

        ReadOnlySpan<float> rows = outputs[0].GetTensorDataAsSpan<float>();
        float[] embedding = new float[MiniLM.OutputSize];
        for (int token = 0; token < tokens; token++)
        {
            TensorPrimitives.Add(embedding, rows.Slice(token * embedding.Length, embedding.Length), embedding);
        }

        TensorPrimitives.Divide(embedding, TensorPrimitives.Norm<float>(embedding), embedding);
        return embedding;
    }

    /// <summary>On one thread, as the network's calls are.</summary>
    private static InferenceSession Open(byte[] model)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1 };
        return new(model, options);
    }

    private static OrtValue Row(long[] values) => OrtValue.CreateTensorValueFromMemory(values, [1, values.Length]);
}
