using System.Text.Json;

namespace Mail;

/// <summary>What the training script says of the mails that it did not train with.</summary>
/// <param name="Mails">How many there are.</param>
/// <param name="Right">How many of them PyTorch judges rightly.</param>
/// <param name="Spam">How many are spam.</param>
/// <param name="SpamFound">How many of these PyTorch takes for spam.</param>
/// <param name="Shipped">Some of them.</param>
internal sealed record HeldOut(int Mails, int Right, int Spam, int SpamFound, HeldOutMail[] Shipped)
{
    private const float Tolerance = 1e-4f;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">The file is not of the expected form.</exception>
    public static HeldOut Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize<HeldOut>(file, Format) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' does not hold the held-out mails: {exception.Message}", exception);
        }
    }

    /// <summary>The first spam mail and the first other one that are judged rightly, and the first that is not, as far as there are such.</summary>
    public ExplainedMail[] Examples(IReadOnlyList<ExplainedMail> mails)
    {
        ILookup<bool, ExplainedMail> byRight = mails.Zip(Shipped)
            .ToLookup(static pair => pair.First.IsSpam == pair.Second.IsSpam, static pair => pair.First);
        return
        [
            .. byRight[true].Where(static mail => mail.IsSpam).Take(1),
            .. byRight[true].Where(static mail => !mail.IsSpam).Take(1),
            .. byRight[false].Take(1),
        ];
    }

    /// <summary>By how much logits differ from PyTorch's at most.</summary>
    /// <exception cref="InvalidDataException">It is more than rounding explains: words, numbers or weights are not those of the training.</exception>
    public float Difference(IReadOnlyList<ExplainedMail> mails)
    {
        float largest = Shipped.Zip(mails, static (mail, explained) => Math.Abs(explained.Logit - mail.Logit)).Max();
        return largest <= Tolerance ? largest : throw new InvalidDataException($"A logit differs from PyTorch's by {largest}.");
    }
}

/// <summary>A held-out mail.</summary>
/// <param name="Id">Its name in the corpus.</param>
/// <param name="IsSpam">Whether people call it spam.</param>
/// <param name="Text">Its subject, an empty line, what one reads.</param>
/// <param name="Logit">PyTorch's logit of spam.</param>
internal sealed record HeldOutMail(string Id, bool IsSpam, string Text, float Logit);
