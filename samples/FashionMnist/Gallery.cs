using System.Text.RegularExpressions;
using Samples;
using SkiaSharp;

namespace FashionMnist;

/// <summary>A picture of images and their heat maps: a row per image, a column per explanation.</summary>
internal static partial class Gallery
{
    // All in pixels. A cell is a whole multiple of the image, so that every pixel of it is equally large.
    private const int Cell = 4 * FashionImage.Side;
    private const int Gap = 14;
    private const int Margin = 28;
    private const int Labels = 176;
    private const int Head = 96;
    private const int Caption = 22;
    private const int Foot = 64;
    private const int LineHeight = 20;
    private const int RowHeight = Cell + Caption + Gap;
    private const int BarWidth = 2 * Cell;
    private const int BarHeight = 14;

    private static readonly SKColor Alarm = new(0xB4, 0x23, 0x18);

    /// <summary>Draws the picture and writes it as PNG.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<ExplainedImage> images)
    {
        int columns = images[0].Maps.Count + 1;
        using SKBitmap picture = new(Left(columns) - Gap + Margin, Top(images.Count) + Foot, isOpaque: true);
        using SKCanvas canvas = new(picture);
        using Pen pen = new(canvas);
        canvas.Clear(SKColors.White);

        DrawHead(pen, images[0]);
        for (int row = 0; row < images.Count; row++)
        {
            DrawRow(canvas, pen, images[row], Top(row));
        }

        DrawLegend(canvas, pen, Top(images.Count) + Gap);
        Picture.Write(path, picture);
    }

    private static int Left(int column) => Margin + Labels + (column * (Cell + Gap));

    private static int Top(int row) => Margin + Head + (row * RowHeight);

    private static void DrawHead(Pen pen, ExplainedImage image)
    {
        pen.Write("Which pixels speak for the predicted class?", Margin, Margin + LineHeight, pen.Title, Pen.Ink);
        foreach ((int column, string head) in image.Maps.Select(map => map.Explanation).Prepend("Image").Index())
        {
            string[] lines = Wrap(head, pen.Bold);
            int bottom = Top(0) - 10;
            for (int line = 0; line < lines.Length; line++)
            {
                pen.Write(lines[line], Left(column), bottom - ((lines.Length - 1 - line) * LineHeight), pen.Bold, Pen.Ink);
            }
        }
    }

    private static void DrawRow(SKCanvas canvas, Pen pen, ExplainedImage image, int top)
    {
        string predicted = FashionImage.Classes[image.Predicted];
        int line = top + LineHeight;
        pen.Write(image.Image.Label is int label ? FashionImage.Classes[label] : predicted, Margin, line, pen.Bold, Pen.Ink);
        if (image.Image.Label is not null && !image.Right)
        {
            pen.Write($"taken for {predicted}", Margin, line += LineHeight, pen.Regular, Alarm);
        }

        pen.Write($"probability {image.Probability:P1}", Margin, line += LineHeight, pen.Regular, Pen.Gray);
        pen.Write($"logit {image.Logit:F2}", Margin, line + LineHeight, pen.Regular, Pen.Gray);

        DrawCell(canvas, Grayscale(image.Image), Left(0), top);
        foreach ((int index, RelevanceMap map) in image.Maps.Index())
        {
            DrawCell(canvas, HeatMap.Of(map.Relevance, FashionImage.Side), Left(index + 1), top);
            pen.Write($"sum {map.Sum:F2}", Left(index + 1), top + Cell + Caption - 5, pen.Small, Pen.Gray);
        }
    }

    private static void DrawCell(SKCanvas canvas, SKBitmap content, int left, int top)
    {
        using (content)
        using (SKPaint frame = new() { Color = new SKColor(0xD0, 0xD7, 0xDE), IsStroke = true })
        {
            SKRect cell = SKRect.Create(left, top, Cell, Cell);
            canvas.DrawBitmap(content, cell, new SKSamplingOptions(SKFilterMode.Nearest));
            canvas.DrawRect(left - 0.5f, top - 0.5f, Cell + 1, Cell + 1, frame);
        }
    }

    private static void DrawLegend(SKCanvas canvas, Pen pen, int top)
    {
        HeatMap.DrawBar(canvas, SKRect.Create(Left(0), top, BarWidth, BarHeight));
        int below = top + BarHeight + 16;
        pen.Write("−max |R|", Left(0), below, pen.Small, Pen.Gray);
        pen.Write("0", Left(0) + (BarWidth / 2), below, pen.Small, Pen.Gray, SKTextAlign.Center);
        pen.Write("max |R|", Left(0) + BarWidth, below, pen.Small, Pen.Gray, SKTextAlign.Right);

        int text = Left(0) + BarWidth + (2 * Gap);
        pen.Write("Red speaks for the predicted class, blue against it.", text, top + BarHeight - 2, pen.Regular, Pen.Ink);
        pen.Write("Each map is scaled by its own largest |R|. Below it, the sum of R: compare it with the logit.", text, below, pen.Small, Pen.Gray);
    }

    private static SKBitmap Grayscale(FashionImage image) => new(FashionImage.Side, FashionImage.Side)
    {
        Pixels = Array.ConvertAll(image.Pixels, static gray => new SKColor(gray, gray, gray)),
    };

    /// <summary>Breaks a name between its words into lines no wider than a cell.</summary>
    private static string[] Wrap(string name, SKFont font) => [.. Words().Split(name).Aggregate(new List<string>(), (lines, word) =>
    {
        if (lines.Count > 0 && font.MeasureText(lines[^1] + word) <= Cell)
        {
            lines[^1] += word;
        }
        else
        {
            lines.Add(word);
        }

        return lines;
    })];

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Words();
}
