using System.Diagnostics;
using System.Numerics.Tensors;

namespace Sentences;

/// <summary>Documents by their likeness to a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="QueryEmbedding">Its embedding.</param>
/// <param name="Hits">All documents, the most alike first.</param>
/// <param name="Time">Median time of an embedding.</param>
internal sealed record Search(Sentence Query, float[] QueryEmbedding, IReadOnlyList<Hit> Hits, TimeSpan Time)
{
    /// <summary>Compares a query with documents.</summary>
    public static Search Of(MiniLM net, Sentence query, IEnumerable<Document> documents)
    {
        float[] embedding = net.Embed(query); // before any time is taken, so that none includes the compilation of a first call
        List<TimeSpan> times = [];
        List<Hit> hits = [];
        foreach (Document document in documents)
        {
            long start = Stopwatch.GetTimestamp();
            float[] other = net.Embed(document.Sentence);
            times.Add(Stopwatch.GetElapsedTime(start));
            hits.Add(new(document, other, TensorPrimitives.Dot<float>(embedding, other)));
        }

        times.Sort();
        return new(query, embedding, [.. hits.OrderByDescending(hit => hit.Cosine)], times[times.Count / 2]);
    }
}

/// <summary>A document and its likeness to the query.</summary>
/// <param name="Document">The document.</param>
/// <param name="Embedding">Its embedding.</param>
/// <param name="Cosine">Of its embedding with the query's.</param>
internal sealed record Hit(Document Document, float[] Embedding, float Cosine);
