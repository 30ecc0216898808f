using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Mail;

/// <summary>A word of a mail.</summary>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Id">Its number in the vocabulary.</param>
/// <param name="Name">What is there at this number: the word in lower case, or a mark.</param>
internal readonly record struct Word(int Start, int Length, int Id, string Name);

/// <summary>The words that the network knows, and how a text is split into them: just as train/words.py does.</summary>
internal sealed partial class Vocabulary
{
    /// <summary>The number of all words that are not in the vocabulary.</summary>
    public const int Unknown = 0;

    private readonly string[] names;
    private readonly FrozenDictionary<string, int> ids;

    private Vocabulary(string[] names)
    {
        this.names = names;
        ids = names.Index().ToFrozenDictionary(static entry => entry.Item, static entry => entry.Index);
    }

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="path">
    /// A word a line, in the order of their numbers. The first are marks: for unknown words, and for each group of the pattern but the last.
    /// </param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static Vocabulary Read(string path) => new(File.ReadAllLines(path));

    /// <summary>The words of a text.</summary>
    public Word[] Split(string text) => [.. Pattern().Matches(text).Select(match =>
    {
        int id = IdOf(match);
        return new Word(match.Index, match.Length, id, names[id]);
    })];

    private int IdOf(Match match)
    {
        // The group that matched, of which there is one, is the number of its mark.
        int group = match.Groups.Values.Skip(1).TakeWhile(static candidate => !candidate.Success).Count() + 1;
        return group < match.Groups.Count - 1 ? group : ids.GetValueOrDefault(match.Value.ToLowerInvariant(), Unknown);
    }

    // URLs, addresses, money, numbers, exclamation marks, words. ASCII only, so that Python's agrees.
    [GeneratedRegex(
        """((?:https?://|www\.)[^ \t\r\n<>"]+)|([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)|([$][ ]?[0-9][0-9.,]*)"""
        + """|([0-9][0-9.,:/%-]*)|(!+)|([A-Za-z]+(?:'[A-Za-z]+)*)""")]
    private static partial Regex Pattern();
}
