using System.Numerics.Tensors;

namespace Sentences;

/// <summary>Documents by their likeness to a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="Hits">All documents, the most alike first.</param>
internal sealed record Search(Sentence Query, IReadOnlyList<Hit> Hits)
{
    /// <summary>Compares a query with documents.</summary>
    public static Search Of(MiniLM net, Sentence query, IEnumerable<Document> documents)
    {
        float[] embedding = net.Embed(query);
        IEnumerable<Hit> hits = documents.Select(document =>
            new Hit(document, TensorPrimitives.Dot<float>(embedding, net.Embed(document.Sentence))));
        return new(query, [.. hits.OrderByDescending(hit => hit.Cosine)]);
    }
}

/// <summary>A document and its likeness to the query.</summary>
/// <param name="Document">The document.</param>
/// <param name="Cosine">Of its embedding with the query's.</param>
internal sealed record Hit(Document Document, float Cosine);
