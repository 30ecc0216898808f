using Samples;
using Sentences;

return CommandLine.Run(args, static options =>
{
    using Stream vocabulary = MiniLMPackage.Vocabulary();
    SentenceReader reader = new(vocabulary);
    Sentence query = reader.Read(options.Query);
    Document[] documents = options.Document is null
        ? Document.ReadAll(options.File, reader)
        : [new(reader.Read(options.Document), "")];

    Sentence[] sentences = [query, .. documents.Select(document => document.Sentence)];

    byte[] model = MiniLMPackage.Model();
    MiniLM net = MiniLMPackage.Load(model);
    Search search = Search.Of(net, query, documents);
    Report.Cuts(sentences);
    Report.Hits(search);

    Match match = Report.Wait("Explaining all features …", () => Match.Of(net, query, search.Hits[0].Document.Sentence));
    Report.Words(match);
    Report.Pairs(match);
    Report.Sums(match);
    Report.Comparison(match, Comparison.Of(net, model, sentences)); // at the end, when all code is compiled for speed
    MatchPicture.Write(options.Output, match, search.Hits[0].Document.Source);
    Terminal.Picture(options.Output);
});
