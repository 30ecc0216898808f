using LrpGen;

namespace Mail;

/// <summary>How soon the network changes its mind when words are deleted in some order.</summary>
/// <param name="Order">Name of the order.</param>
/// <param name="Spam">Mean share of a mail's words that must go before what was taken for spam no longer is; 1 if it never turns.</param>
/// <param name="NoSpam">The same of what was not taken for spam.</param>
internal sealed record Deletion(string Order, double Spam, double NoSpam);

/// <summary>
/// A check of explanations: the words that they say made the verdict are deleted, the strongest first, until the verdict turns. That should take
/// fewer words than at random.
/// </summary>
internal static class DeletionCheck
{
    private const int Seeds = 5;

    /// <summary>Tries the orders of all explanations, and at last random ones.</summary>
    public static Deletion[] Of(MailNet net, IReadOnlyList<ExplainedMail> mails) =>
    [
        .. ((ITokenNetwork)net).Explanations.Select(explanation => Mean(explanation, net, mails, mail => [ByRelevance(net, explanation, mail)])),
        Mean($"random, {Seeds} times", net, mails, static mail => Enumerable.Range(0, Seeds).Select(seed => Shuffled(mail.Ids.Length, seed))),
    ];

    /// <summary>Checks that every explanation turns verdicts sooner than chance does.</summary>
    /// <exception cref="InvalidDataException">One does not: it says nothing of what the network looks at.</exception>
    public static void Require(Deletion[] deletions)
    {
        Deletion random = deletions[^1];
        if (deletions[..^1].FirstOrDefault(one => one.Spam >= random.Spam || one.NoSpam >= random.NoSpam) is { } useless)
        {
            throw new InvalidDataException($"Deleting words by {useless.Order} turns verdicts no sooner than deleting random ones.");
        }
    }

    private static Deletion Mean(string order, MailNet net, IReadOnlyList<ExplainedMail> mails, Func<ExplainedMail, IEnumerable<int[]>> orders)
    {
        double Share(bool spam) => mails
            .Where(mail => mail.IsSpam == spam)
            .SelectMany(mail => orders(mail).Select(positions => ShareDeleted(net, mail, positions)))
            .Average();

        return new Deletion(order, Share(spam: true), Share(spam: false));
    }

    private static double ShareDeleted(MailNet net, ExplainedMail mail, int[] positions)
    {
        List<int> left = [.. Enumerable.Range(0, mail.Ids.Length)];
        float[] logit = new float[1];
        // The last word stays, since the network reads one at least.
        for (int deleted = 1; deleted < positions.Length; deleted++)
        {
            left.Remove(positions[deleted - 1]);
            net.Forward([.. left.Select(position => mail.Ids[position])], logit);
            if (logit[0] > 0 != mail.IsSpam)
            {
                return (double)deleted / positions.Length;
            }
        }

        return 1;
    }

    private static int[] ByRelevance(MailNet net, string explanation, ExplainedMail mail)
    {
        float[] relevance = new float[mail.Ids.Length];
        ((ITokenNetwork)net).Explain(explanation, mail.Ids, 0, relevance);
        return [.. Enumerable.Range(0, relevance.Length).OrderByDescending(position => mail.IsSpam ? relevance[position] : -relevance[position])];
    }

    private static int[] Shuffled(int count, int seed)
    {
        int[] positions = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(positions);
        return positions;
    }
}
