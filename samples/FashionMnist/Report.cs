using LrpGen;
using Samples;
using Spectre.Console;

namespace FashionMnist;

/// <summary>What the program prints.</summary>
internal static class Report
{
    /// <summary>Explains images one after the other behind a progress bar.</summary>
    public static ExplainedImage[] Progress(IReadOnlyList<FashionImage> images, Func<FashionImage, ExplainedImage> explain) =>
        AnsiConsole.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask("Explaining", maxValue: images.Count);
            return images.Select(image =>
            {
                ExplainedImage explained = explain(image);
                task.Increment(1);
                return explained;
            }).ToArray();
        });

    /// <summary>Prints images, their predictions and the first explanation of each.</summary>
    public static void Images(IEnumerable<ExplainedImage> images)
    {
        Table table = Terminal.NewTable("Predictions, each explained by the network's first explanation", "True", "Predicted");
        table.AddColumns(Terminal.Numeric("Probability"), Terminal.Numeric("Logit"), Terminal.Numeric("Relevance sum"), Terminal.Numeric("Time"));
        foreach (ExplainedImage image in images)
        {
            string predicted = FashionImage.Classes[image.Predicted];
            table.AddRow(
                image.Image.Label is int label ? FashionImage.Classes[label] : "?",
                image.Right ? predicted : $"[red]{predicted}[/]",
                $"{image.Probability:P1}",
                $"{image.Logit:F3}",
                $"{image.Maps[0].Sum:F3}",
                Milliseconds(image.Maps[0].Time));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints the probability of every class, the likeliest first.</summary>
    public static void Prediction(ExplainedImage image)
    {
        Table table = Terminal.NewTable("Prediction", "Class");
        table.AddColumns(Terminal.Numeric("Probability"), Terminal.Numeric("Logit"));
        foreach (int index in Enumerable.Range(0, FashionNet.OutputSize).OrderByDescending(index => image.Logits[index]))
        {
            table.AddRow(FashionImage.Classes[index], $"{image.Probabilities[index]:P1}", $"{image.Logits[index]:F3}");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints how well each explanation conserves relevance, and how long it takes.</summary>
    public static void Explanations(IReadOnlyList<ExplainedImage> images)
    {
        Table table = Terminal.NewTable("Explanations: does the relevance of the pixels add up to the logit?", "Explanation");
        table.AddColumns(Terminal.Numeric("Mean sum / logit"), Terminal.Numeric("Mean |sum − logit|"), Terminal.Numeric("Median time"));
        foreach ((int index, RelevanceMap map) in images[0].Maps.Index())
        {
            table.AddRow(
                map.Explanation,
                $"{images.Average(image => image.Maps[index].Sum / image.Logit):F3}",
                $"{images.Average(image => Math.Abs(image.Maps[index].Sum - image.Logit)):F3}",
                Milliseconds(Median(images.Select(image => image.Maps[index].Time))));
        }

        table.Caption("Biases absorb the difference. InputTimesGradient and GuidedBackprop are gradients, which need not add up.");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Median time of a forward pass: {Milliseconds(Median(images.Select(image => image.ForwardTime)))}");
    }

    /// <summary>Prints for each explanation of an image where the relevance went.</summary>
    public static void Ledgers(INetwork net, ExplainedImage image)
    {
        foreach (string explanation in net.Explanations)
        {
            Explanation trace = net.Trace(explanation, image.Image.ToInput(), image.Predicted);
            AnsiConsole.WriteLine($"\n{explanation}\n{trace.Ledger?.ToString() ?? "No ledger: the layers run at many points."}");
        }
    }

    /// <summary>Prints how many images are classified rightly.</summary>
    public static void Accuracy(IReadOnlyCollection<ExplainedImage> images)
    {
        int right = images.Count(image => image.Right);
        AnsiConsole.WriteLine($"Right: {right} of {images.Count} images, {(double)right / images.Count:P1}");
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:F3} ms";

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] ordered = [.. times.Order()];
        return ordered[ordered.Length / 2];
    }
}
