using SkiaSharp;
using Spectre.Console;

namespace Samples;

/// <summary>What samples print alike.</summary>
internal static class Terminal
{
    /// <summary>A table to be filled, with columns of text.</summary>
    public static Table NewTable(string title, params string[] columns) =>
        new Table().Title(Markup.Escape(title)).RoundedBorder().AddColumns(columns);

    /// <summary>A column of numbers.</summary>
    public static TableColumn Numeric(string header) => new TableColumn(header).RightAligned();

    /// <summary>Markup of a text on the color of its relevance.</summary>
    /// <param name="share">Of the largest magnitude, −1 to 1.</param>
    public static string Colored(string text, float share)
    {
        SKColor color = HeatMap.Color(share);
        return $"[{Hex(HeatMap.InkOn(color))} on {Hex(color)}]{Markup.Escape(text)}[/]";
    }

    /// <summary>Says which picture was written.</summary>
    public static void Picture(string path) => AnsiConsole.WriteLine($"Picture: {Path.GetFullPath(path)}");

    private static string Hex(SKColor color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";
}
