using Mail;
using Samples;

return CommandLine.Run(args, static options =>
{
    string data = Path.Combine(AppContext.BaseDirectory, "Data");
    MailNet net = MailNet.Load(Path.Combine(data, "mail.safetensors"));
    Vocabulary vocabulary = Vocabulary.Read(Path.Combine(data, "vocabulary.txt"));

    ExplainedMail[] shown;
    if (options.File is not null)
    {
        shown = [ExplainedMail.Of(net, vocabulary, TextFile.Read(options.File))];
        Report.Mail(shown[0]);
    }
    else
    {
        HeldOut heldOut = HeldOut.Read(Path.Combine(data, "held-out.json"));
        ExplainedMail[] mails = [.. heldOut.Shipped.Select(mail => ExplainedMail.Of(net, vocabulary, mail.Text))];

        Report.Verdicts(heldOut, mails);
        shown = heldOut.Examples(mails);
        foreach (ExplainedMail mail in shown)
        {
            Report.Mail(mail);
        }

        Report.Accuracy(heldOut, mails);
        Deletion[] deletions = DeletionCheck.Of(net, mails);
        Report.Deletions(deletions);
        DeletionCheck.Require(deletions);
    }

    if (options.Output is not null)
    {
        MailPicture.Write(options.Output, shown);
        Terminal.Picture(options.Output);
    }
});
