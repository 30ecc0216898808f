using LrpGen;
using Samples;
using Spectre.Console;

namespace Sentences;

/// <summary>What the program prints.</summary>
internal static class Report
{
    private const int Best = 5;
    private const int StrongestPairs = 10;

    /// <summary>Says which sentences are longer than what the network reads.</summary>
    public static void Cuts(IEnumerable<Sentence> sentences)
    {
        foreach (Sentence sentence in sentences.Where(sentence => sentence.IsCut))
        {
            AnsiConsole.WriteLine($"Cut after {MiniLM.InputSize} tokens: {sentence.Text}");
        }
    }

    /// <summary>Prints the documents that are most like the query.</summary>
    public static void Hits(Search search)
    {
        Table table = Terminal.NewTable($"Most like “{search.Query.Text}”, of {search.Hits.Count}");
        table.AddColumn(Terminal.Numeric("Cosine")).AddColumns("Sentence", "Source");
        foreach (Hit hit in search.Hits.Take(Best))
        {
            table.AddRow(new Text($"{hit.Cosine:F3}"), new Text(hit.Document.Sentence.Text), new Text(hit.Document.Source));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Does what takes a while, and says so.</summary>
    public static T Wait<T>(string what, Func<T> work) => AnsiConsole.Status().Start(what, _ => work());

    /// <summary>Prints both sentences, each word on the colour of its relevance.</summary>
    public static void Words(Match match)
    {
        AnsiConsole.WriteLine("Which words make the match. Red speaks for it, blue against it:");
        foreach (Side side in new[] { match.Query, match.Document })
        {
            string words = string.Join(' ', side.Sentence.Words.Zip(
                HeatMap.Shares(side.Relevance), static (word, share) => Terminal.Colored($" {word.Text} ", share)));
            AnsiConsole.Write(new Padder(new Markup(words), new Padding(2, 0, 0, 0)));
        }
    }

    /// <summary>Prints the pairs of words that speak most for the match, and most against it.</summary>
    public static void Pairs(Match match)
    {
        Table table = Terminal.NewTable("Strongest pairs of words", "Query", "Document").AddColumn(Terminal.Numeric("Relevance"));
        IEnumerable<(Word Query, Word Document, float Relevance)> pairs =
            from row in Enumerable.Range(0, match.Pairs.GetLength(0))
            from column in Enumerable.Range(0, match.Pairs.GetLength(1))
            orderby Math.Abs(match.Pairs[row, column]) descending
            select (match.Query.Sentence.Words[column], match.Document.Sentence.Words[row], match.Pairs[row, column]);
        foreach ((Word query, Word document, float relevance) in pairs.Take(StrongestPairs))
        {
            table.AddRow(new Text(query.Text), new Text(document.Text), new Text($"{relevance:F4}"));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints where the cosine went.</summary>
    public static void Sums(Match match)
    {
        Table table = Terminal.NewTable("Do the words add up to the cosine?", "Relevance of");
        table.AddColumns(Terminal.Numeric("Query"), Terminal.Numeric("Document"));
        Side[] sides = [match.Query, match.Document];
        Add("Words", side => side.Relevance[1..^1].Sum());
        Add("[CLS] and [SEP]", side => side.Relevance[0] + side.Relevance[^1]);
        Add("Positions and token types", side => side.Ledger.Positions);
        Add("Biases", side => side.Ledger.Bias);
        Add("What softmaxes lose under AttnLRP", side => side.Ledger.Softmax);
        Add("Stabilisers and rounding", side => side.Ledger.Stabilizer + side.Ledger.Dropped + side.Ledger.Residual);
        Add("Sum", side => side.Ledger.Seed);
        Add("Cosine", _ => match.Cosine);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Sum of all pairs of words: {match.Pairs.Cast<float>().Sum():F4} of the cosine {match.Cosine:F4}");

        void Add(string part, Func<Side, double> value) =>
            table.AddRow([new Text(part), .. sides.Select(side => new Text($"{value(side):F4}"))]);
    }

    /// <summary>Prints times and how far embeddings are from ONNX Runtime's.</summary>
    public static void Comparison(Match match, Comparison comparison)
    {
        AnsiConsole.WriteLine($"Largest difference to an embedding of ONNX Runtime's: {comparison.LargestDifference:0.0e-0}");
        AnsiConsole.WriteLine(
            $"Median time of an embedding: {Milliseconds(comparison.Time)}; of ONNX Runtime's: {Milliseconds(comparison.OnnxRuntimeTime)}");
        AnsiConsole.WriteLine(
            $"Explanations for the pairs: {2 * MiniLM.OutputSize}, {Environment.ProcessorCount} at a time, in {match.PairsTime.TotalSeconds:F1} s");
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:F1} ms";
}
