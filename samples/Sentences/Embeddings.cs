namespace Sentences;

/// <summary>Embeddings of sentences.</summary>
internal static class Embeddings
{
    /// <summary>Embeds a sentence: a vector of length 1.</summary>
    public static float[] Embed(this MiniLM net, Sentence sentence)
    {
        float[] embedding = new float[MiniLM.OutputSize];
        net.Forward(sentence.Ids, embedding);
        return embedding;
    }
}
