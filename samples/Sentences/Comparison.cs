using System.Diagnostics;
using System.Numerics.Tensors;

namespace Sentences;

/// <summary>How far embeddings are from those of ONNX Runtime.</summary>
/// <param name="LargestDifference">Of any feature of any sentence.</param>
/// <param name="Time">Median time of ONNX Runtime's embedding.</param>
internal sealed record Comparison(float LargestDifference, TimeSpan Time)
{
    /// <summary>Both compute in float32, and sum in different orders; embeddings have length 1.</summary>
    private const float Tolerance = 1e-5f;

    /// <summary>Embeds all sentences of a search once more.</summary>
    /// <exception cref="InvalidDataException">The embeddings are not the same.</exception>
    public static Comparison Of(byte[] model, Search search)
    {
        using OnnxRuntimeModel runtime = new(model);
        float largest = Difference(search.QueryEmbedding, runtime.Embed(search.Query)); // and no time includes the first call
        List<TimeSpan> times = [];
        foreach (Hit hit in search.Hits)
        {
            long start = Stopwatch.GetTimestamp();
            float[] expected = runtime.Embed(hit.Document.Sentence);
            times.Add(Stopwatch.GetElapsedTime(start));
            largest = Math.Max(largest, Difference(hit.Embedding, expected));
        }

        times.Sort();
        return largest <= Tolerance
            ? new(largest, times[times.Count / 2])
            : throw new InvalidDataException($"Embeddings differ from ONNX Runtime's by {largest}, more than {Tolerance}.");
    }

    private static float Difference(float[] embedding, float[] expected) => embedding.Zip(expected, static (a, b) => Math.Abs(a - b)).Max();
}
