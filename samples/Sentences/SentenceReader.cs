using Microsoft.ML.Tokenizers;

namespace Sentences;

/// <summary>Makes sentences of text, by WordPiece.</summary>
internal sealed class SentenceReader
{
    private const string Continuation = "##";

    private readonly BertTokenizer tokenizer;

    public SentenceReader(Stream vocabulary) => tokenizer = BertTokenizer.Create(vocabulary);

    /// <summary>Reads a sentence; the words that the network has no room for are left out.</summary>
    /// <exception cref="InvalidDataException">There is no word in it.</exception>
    public Sentence Read(string text)
    {
        IReadOnlyList<EncodedToken> tokens = tokenizer.EncodeToTokens(text, out _);
        if (tokens.Count == 0)
        {
            throw new InvalidDataException($"Expected a sentence, but '{text}' has no word.");
        }

        const int Room = MiniLM.InputSize - 2;
        List<int> ids = [tokenizer.ClassificationTokenId];
        List<Word> words = [new(tokenizer.ClassificationToken, 0, 1)];
        foreach (EncodedToken token in tokens.Take(Room))
        {
            if (token.Value.StartsWith(Continuation, StringComparison.Ordinal))
            {
                Word word = words[^1];
                words[^1] = word with { Text = word.Text + token.Value[Continuation.Length..], Count = word.Count + 1 };
            }
            else
            {
                words.Add(new(token.Value, ids.Count, 1));
            }

            ids.Add(token.Id);
        }

        words.Add(new(tokenizer.SeparatorToken, ids.Count, 1));
        ids.Add(tokenizer.SeparatorTokenId);
        return new(text, [.. ids], words, tokens.Count > Room);
    }
}
