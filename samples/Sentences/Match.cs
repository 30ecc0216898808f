using System.Diagnostics;
using System.Numerics.Tensors;
using LrpGen;

namespace Sentences;

/// <summary>Why two sentences are alike.</summary>
/// <param name="Cosine">Of their embeddings.</param>
/// <param name="Query">What the query's words have of it.</param>
/// <param name="Document">What the document's words have of it.</param>
/// <param name="Pairs">What each word of the document and each of the query have of it together, a row for every word of the document.</param>
/// <param name="PairsTime">Time of the explanations that the pairs need, one of each feature for either sentence.</param>
internal sealed record Match(float Cosine, Side Query, Side Document, float[,] Pairs, TimeSpan PairsTime)
{
    /// <summary>Explains a match.</summary>
    public static Match Of(MiniLM net, Sentence query, Sentence document)
    {
        float[] queryEmbedding = net.Embed(query);
        float[] documentEmbedding = net.Embed(document);
        Side querySide = Side.Of(net, query, documentEmbedding);
        Side documentSide = Side.Of(net, document, queryEmbedding);

        long start = Stopwatch.GetTimestamp();
        float[][] ofQuery = OfFeatures(net, query);
        float[][] ofDocument = OfFeatures(net, document);
        TimeSpan time = Stopwatch.GetElapsedTime(start);

        float[,] pairs = new float[document.Words.Count, query.Words.Count];
        for (int row = 0; row < ofDocument.Length; row++)
        {
            for (int column = 0; column < ofQuery.Length; column++)
            {
                pairs[row, column] = TensorPrimitives.Dot<float>(ofDocument[row], ofQuery[column]);
            }
        }

        return new(TensorPrimitives.Dot<float>(queryEmbedding, documentEmbedding), querySide, documentSide, pairs, time);
    }

    /// <summary>
    /// The relevance of each word for every feature of the embedding. Their dot products are BiLRP, Eberle et al. 2020:
    /// R_tt′ = Σ_m R_t(m) R_t′(m).
    /// </summary>
    private static float[][] OfFeatures(MiniLM net, Sentence sentence)
    {
        float[][] features = new float[MiniLM.OutputSize][];
        for (int feature = 0; feature < features.Length; feature++)
        {
            features[feature] = new float[sentence.Ids.Length];
        }

        net.ExplainBatch(
            Array.ConvertAll(features, _ => (ReadOnlyMemory<int>)sentence.Ids),
            Enumerable.Range(0, features.Length).ToArray(),
            Array.ConvertAll(features, static relevance => (Memory<float>)relevance));

        float[][] words = Array.ConvertAll(features, relevance => sentence.ToWords(relevance));
        return [.. Enumerable.Range(0, sentence.Words.Count).Select(word => Array.ConvertAll(words, feature => feature[word]))];
    }
}

/// <summary>One of two sentences, and what its words have of their cosine.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Relevance">Of every word.</param>
/// <param name="Ledger">Where the rest of the cosine went.</param>
internal sealed record Side(Sentence Sentence, float[] Relevance, Ledger Ledger)
{
    /// <summary>Explains the cosine with the other sentence's embedding.</summary>
    public static Side Of(MiniLM net, Sentence sentence, float[] other)
    {
        Explanation trace = net.TraceAttnLRP(sentence.Ids, Objective.Cosine(other));
        return new(sentence, sentence.ToWords(trace.Relevance), trace.Ledger!);
    }
}
