using System.Diagnostics;

namespace Sentences;

/// <summary>The network beside ONNX Runtime on the same file.</summary>
/// <param name="LargestDifference">Of any feature of any sentence's embedding.</param>
/// <param name="Time">Median time of an embedding.</param>
/// <param name="OnnxRuntimeTime">Median time of ONNX Runtime's.</param>
internal sealed record Comparison(float LargestDifference, TimeSpan Time, TimeSpan OnnxRuntimeTime)
{
    /// <summary>Both compute in float32, and sum in different orders; embeddings have length 1.</summary>
    private const float Tolerance = 1e-5f;

    /// <summary>Embeds sentences by both.</summary>
    /// <exception cref="InvalidDataException">The embeddings are not the same.</exception>
    public static Comparison Of(MiniLM net, byte[] model, IReadOnlyCollection<Sentence> sentences)
    {
        using OnnxRuntimeModel runtime = new(model);
        _ = runtime.Embed(sentences.First()); // so that no time includes what a first call prepares
        (float[] Embedding, TimeSpan Time)[] own = [.. sentences.Select(sentence => Timed(() => net.Embed(sentence)))];
        (float[] Embedding, TimeSpan Time)[] others = [.. sentences.Select(sentence => Timed(() => runtime.Embed(sentence)))];
        float largest = own.Zip(others, static (a, b) => Difference(a.Embedding, b.Embedding)).Max();
        return largest <= Tolerance
            ? new(largest, Median(own), Median(others))
            : throw new InvalidDataException($"Embeddings differ from ONNX Runtime's by {largest}, more than {Tolerance}.");
    }

    private static (float[] Embedding, TimeSpan Time) Timed(Func<float[]> embed)
    {
        long start = Stopwatch.GetTimestamp();
        float[] embedding = embed();
        return (embedding, Stopwatch.GetElapsedTime(start));
    }

    private static float Difference(float[] embedding, float[] other) => embedding.Zip(other, static (a, b) => Math.Abs(a - b)).Max();

    private static TimeSpan Median((float[] Embedding, TimeSpan Time)[] runs) => runs.Select(run => run.Time).Order().ElementAt(runs.Length / 2);
}
