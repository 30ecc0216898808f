using Samples;
using SkiaSharp;

namespace Sentences;

/// <summary>A picture of two sentences, the words that make them alike, and a table of all pairs of words.</summary>
internal static class MatchPicture
{
    // In pixels.
    private const int Margin = 28;
    private const int Column = 920;
    private const int Line = 34;
    private const int Padding = 8;
    private const int Row = 28;
    private const int Cell = 30;
    private const int BarWidth = 200;

    /// <summary>In degrees, so that words stand beside each other.</summary>
    private const float Slope = -60;

    /// <summary>Draws the picture and writes it as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="match">What is shown.</param>
    /// <param name="source">Where the document comes from; empty if that is not said.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Match match, string source)
    {
        // Once to see how much room it takes, on a canvas of one pixel.
        using SKBitmap measure = new(1, 1);
        SKSizeI size = Draw(measure, match, source);
        using SKBitmap picture = new(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        _ = Draw(picture, match, source);
        Picture.Write(path, picture);
    }

    /// <returns>The room that the picture takes.</returns>
    private static SKSizeI Draw(SKBitmap picture, Match match, string source)
    {
        using SKCanvas canvas = new(picture);
        using Pen pen = new(canvas);
        canvas.Clear(SKColors.White);

        float y = Margin + 18;
        pen.Write($"Which words make these sentences alike? Cosine {match.Cosine:F3}", Margin, y, pen.Title, Pen.Ink);
        y = Words(canvas, pen, "Query", match.Query, y + 38);
        y = Words(canvas, pen, source.Length > 0 ? $"Best match: {source}" : "Document", match.Document, y + 22);
        y = Legend(canvas, pen, y + 6);
        pen.Write("Pairs of words", Margin, y + 34, pen.Bold, Pen.Ink);
        const string Axes = "Columns are the document’s words, rows the query’s: what two words have of the cosine together.";
        pen.Write(Axes, Margin + 120, y + 34, pen.Small, Pen.Gray);
        SKSize table = Pairs(canvas, pen, match, y + 50);
        return new((int)Math.Max(Column, table.Width) + (2 * Margin), (int)(y + 50 + table.Height) + Margin);
    }

    /// <summary>Writes a sentence, each word on the colour of its relevance.</summary>
    /// <returns>Where it ends.</returns>
    private static float Words(SKCanvas canvas, Pen pen, string caption, Side side, float y)
    {
        pen.Write(caption, Margin, y, pen.Bold, Pen.Ink);
        float x = Margin;
        y += 12;
        foreach ((Word word, float share) in side.Sentence.Words.Zip(HeatMap.Shares(side.Relevance)))
        {
            float width = pen.Regular.MeasureText(word.Text) + (2 * Padding);
            if (x + width > Margin + Column)
            {
                x = Margin;
                y += Line;
            }

            SKColor color = HeatMap.Color(share);
            Fill(canvas, SKRect.Create(x, y, width, Line - 6), color);
            pen.Write(word.Text, x + Padding, y + 19, pen.Regular, HeatMap.InkOn(color));
            x += width + 4;
        }

        return y + Line;
    }

    private static float Legend(SKCanvas canvas, Pen pen, float y)
    {
        HeatMap.DrawBar(canvas, SKRect.Create(Margin, y, BarWidth, 12));
        const string Text = "Red makes them alike, blue unlike. Either sentence and the table are scaled by their own largest |R|.";
        pen.Write(Text, Margin + BarWidth + 16, y + 11, pen.Small, Pen.Gray);
        return y + 12;
    }

    /// <summary>Draws the table of pairs.</summary>
    /// <returns>Its size.</returns>
    private static SKSize Pairs(SKCanvas canvas, Pen pen, Match match, float top)
    {
        IReadOnlyList<Word> rows = match.Query.Sentence.Words;
        IReadOnlyList<Word> columns = match.Document.Sentence.Words;
        float[] shares = HeatMap.Shares([.. match.Pairs.Cast<float>()]);
        float left = Margin + rows.Max(Width) + Padding;
        (float up, float along) = MathF.SinCos(-Slope * MathF.PI / 180);
        float y = top + (up * columns.Max(Width)) + Padding;
        foreach ((int column, Word word) in columns.Index())
        {
            float x = left + (column * Cell);
            canvas.Save();
            canvas.Translate(x + (Cell / 2) + 4, y - 4);
            canvas.RotateDegrees(Slope);
            pen.Write(word.Text, 0, 0, pen.Regular, Pen.Ink);
            canvas.Restore();
            for (int row = 0; row < rows.Count; row++)
            {
                SKRect cell = SKRect.Create(x + 1, y + (row * Row) + 1, Cell - 2, Row - 2);
                Fill(canvas, cell, HeatMap.Color(shares[(column * rows.Count) + row]));
            }
        }

        foreach ((int row, Word word) in rows.Index())
        {
            pen.Write(word.Text, left - Padding, y + (row * Row) + 19, pen.Regular, Pen.Ink, SKTextAlign.Right);
        }

        float right = columns.Index().Max(column => left + ((column.Index + 1) * Cell) + (along * Width(column.Item)));
        return new(right - Margin, y + (rows.Count * Row) - top);

        float Width(Word word) => pen.Regular.MeasureText(word.Text);
    }

    private static void Fill(SKCanvas canvas, SKRect area, SKColor color)
    {
        using SKPaint fill = new() { Color = color, IsAntialias = true };
        using SKPaint border = new() { Color = new(0xE1, 0xE4, 0xE8), Style = SKPaintStyle.Stroke, IsAntialias = true };
        canvas.DrawRoundRect(area, 3, 3, fill);
        canvas.DrawRoundRect(area, 3, 3, border);
    }
}
