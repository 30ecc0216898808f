using Samples;

namespace Sentences;

/// <summary>A sentence that can be found.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Source">Where it comes from; empty if that is not said.</param>
internal sealed record Document(Sentence Sentence, string Source)
{
    /// <summary>Reads documents, one a line: a sentence, and behind a tab where it comes from. Lines without a sentence do not count.</summary>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">There is no sentence in it, or it is no text.</exception>
    public static Document[] ReadAll(string path, SentenceReader reader)
    {
        Document[] documents =
        [
            .. TextFile.Read(path).Split('\n')
                .Select(line => line.Split('\t', 2, StringSplitOptions.TrimEntries))
                .Where(parts => parts[0].Length > 0)
                .Select(parts => new Document(reader.Read(parts[0]), parts.ElementAtOrDefault(1) ?? "")),
        ];
        return documents.Length > 0 ? documents : throw new InvalidDataException($"'{path}' has no sentence.");
    }
}
