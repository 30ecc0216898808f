using Samples;

namespace Mail;

/// <summary>A mail, what the network says of it, and why.</summary>
/// <param name="Text">The mail.</param>
/// <param name="Words">Those of its words that the network reads.</param>
/// <param name="WordsCut">How many it does not read, because the mail is too long.</param>
/// <param name="Logit">The logit of spam.</param>
/// <param name="Relevance">How much each word speaks for spam.</param>
internal sealed record ExplainedMail(string Text, Word[] Words, int WordsCut, float Logit, float[] Relevance)
{
    public bool IsSpam => Logit > 0;

    /// <summary>Probability of spam.</summary>
    public float Probability => 1 / (1 + MathF.Exp(-Logit));

    /// <summary>The numbers of its words.</summary>
    public int[] Ids { get; } = Array.ConvertAll(Words, static word => word.Id);

    /// <summary>The relevance of each word as a part of the largest, from −1 to 1.</summary>
    public float[] Shares => HeatMap.Shares(Relevance);

    /// <summary>Judges a mail and explains the judgement.</summary>
    /// <exception cref="InvalidDataException">The mail has no word that the network knows.</exception>
    public static ExplainedMail Of(MailNet net, Vocabulary vocabulary, string text)
    {
        Word[] all = vocabulary.Split(text);
        Word[] words = all[..Math.Min(all.Length, MailNet.InputSize)];
        if (words.All(static word => word.Id == Vocabulary.Unknown))
        {
            throw new InvalidDataException(words.Length == 0
                ? "The mail has no words."
                : $"None of the mail's {words.Length} words is among those that the network knows.");
        }

        int[] ids = Array.ConvertAll(words, static word => word.Id);
        float[] logit = new float[1];
        net.Forward(ids, logit);
        return new ExplainedMail(text, words, all.Length - words.Length, logit[0], net.Explain(ids, target: 0));
    }

    /// <summary>The word as it is written.</summary>
    public string Written(int index) => Text.Substring(Words[index].Start, Words[index].Length);
}
