using System.Numerics.Tensors;

namespace Sentences;

/// <summary>A sentence as the network reads it.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Ids">Token ids, with [CLS] in front and [SEP] at the end.</param>
/// <param name="Words">The tokens' text, pieces of a word together.</param>
/// <param name="IsCut">Whether the sentence is longer than what the network reads.</param>
internal sealed record Sentence(string Text, int[] Ids, IReadOnlyList<Word> Words, bool IsCut)
{
    /// <summary>Sums what the tokens have into what the words have.</summary>
    public float[] ToWords(ReadOnlyMemory<float> tokens) =>
        [.. Words.Select(word => TensorPrimitives.Sum(tokens.Span.Slice(word.First, word.Count)))];
}

/// <summary>A word, a punctuation mark, [CLS] or [SEP].</summary>
/// <param name="Text">As the network reads it: in lower case and without accents.</param>
/// <param name="First">Index of its first token.</param>
/// <param name="Count">Number of its tokens.</param>
internal readonly record struct Word(string Text, int First, int Count);
