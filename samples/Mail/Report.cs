using Samples;
using Spectre.Console;

namespace Mail;

/// <summary>What the program prints.</summary>
internal static class Report
{
    private const int WordsNamed = 3;
    private const int SubjectLength = 30;

    /// <summary>Share of the largest relevance below which a word has no colour, since terminals' own background may be dark.</summary>
    private const float Visible = 0.1f;

    /// <summary>Prints the verdict on each held-out mail, and the words that made it.</summary>
    public static void Verdicts(HeldOut heldOut, IReadOnlyList<ExplainedMail> mails)
    {
        Table table = Terminal.NewTable("Held-out mails", "Subject");
        table.AddColumn(Terminal.Numeric("Spam")).AddColumns("Words for spam", "Words against");
        foreach ((HeldOutMail mail, ExplainedMail explained) in heldOut.Shipped.Zip(mails))
        {
            string subject = mail.Text.Split('\n')[0];
            string probability = $"{explained.Probability:P1}";
            table.AddRow(
                Markup.Escape(subject.Length > SubjectLength ? $"{subject[..(SubjectLength - 1)]}…" : subject),
                explained.IsSpam == mail.IsSpam ? probability : $"[red]{probability}[/]",
                Strongest(explained, sign: 1),
                Strongest(explained, sign: -1));
        }

        table.Caption("Mistakes are red.");
        AnsiConsole.Write(table);
    }

    /// <summary>Prints a mail with its words coloured by their relevance.</summary>
    public static void Mail(ExplainedMail mail)
    {
        float[] shares = mail.Shares;
        int end = 0;
        string text = "";
        foreach ((int index, Word word) in mail.Words.Index())
        {
            text += Markup.Escape(mail.Text[end..word.Start]) + Colored(mail.Written(index), shares[index]);
            end = word.Start + word.Length;
        }

        // What the network has not read is grey.
        string rest = Markup.Escape(mail.Text[end..].TrimEnd());
        text += mail.WordsCut > 0 ? $"[grey]{rest}[/]" : rest;
        AnsiConsole.Write(new Panel(new Markup(text)).Header($" {Verdict(mail)} ").RoundedBorder().Expand());
        if (mail.WordsCut > 0)
        {
            AnsiConsole.WriteLine($"The mail is too long: the last {mail.WordsCut} words were not read, only the first {mail.Words.Length}.");
        }

        AnsiConsole.MarkupLine($"For spam: {Strongest(mail, sign: 1)}. Against: {Strongest(mail, sign: -1)}.");
        AnsiConsole.WriteLine(
            $"The relevance of the words adds up to {mail.Relevance.Sum():F2} of the logit {mail.Logit:F2}; biases and ε absorb the rest.\n");
    }

    /// <summary>What the network says of a mail.</summary>
    public static string Verdict(ExplainedMail mail) =>
        $"{(mail.IsSpam ? "Spam" : "Not spam")}: probability of spam {mail.Probability:P1}, logit {mail.Logit:F2}";

    /// <summary>Prints how many mails are judged rightly, by PyTorch and by this program.</summary>
    public static void Accuracy(HeldOut heldOut, IReadOnlyList<ExplainedMail> mails)
    {
        int right = heldOut.Shipped.Zip(mails).Count(static pair => pair.First.IsSpam == pair.Second.IsSpam);
        int alarms = heldOut.Mails - heldOut.Spam - (heldOut.Right - heldOut.SpamFound);
        AnsiConsole.WriteLine(
            $"Right here: {right} of the {mails.Count} mails above. Logits differ from PyTorch's by at most {heldOut.Difference(mails):G2}.");
        AnsiConsole.WriteLine(
            $"Right in PyTorch: {heldOut.Right} of all {heldOut.Mails} held-out mails, {(double)heldOut.Right / heldOut.Mails:P1}. It finds "
            + $"{heldOut.SpamFound} of {heldOut.Spam} spam mails, with {alarms} false alarms.");
    }

    /// <summary>Prints how soon verdicts turn.</summary>
    public static void Deletions(IEnumerable<Deletion> deletions)
    {
        Table table = Terminal.NewTable("Words deleted until the verdict turns, mean share of a mail", "Strongest first, by");
        table.AddColumns(Terminal.Numeric("Spam"), Terminal.Numeric("Not spam"));
        foreach (Deletion deletion in deletions)
        {
            table.AddRow(deletion.Order, $"{deletion.Spam:P1}", $"{deletion.NoSpam:P1}");
        }

        table.Caption("100 % where it never turns.");
        AnsiConsole.Write(table);
    }

    private static string Colored(string word, float share) =>
        Math.Abs(share) < Visible ? Markup.Escape(word) : Terminal.Colored(word, share);

    /// <summary>The words that speak most for spam, or against it.</summary>
    private static string Strongest(ExplainedMail mail, int sign)
    {
        IEnumerable<string> words = mail.Relevance.Index()
            .Where(entry => entry.Item * sign > 0)
            .OrderByDescending(entry => entry.Item * sign)
            .Select(entry => mail.Words[entry.Index].Name)
            .Distinct()
            .Take(WordsNamed);
        return Markup.Escape(string.Join(", ", words));
    }
}
