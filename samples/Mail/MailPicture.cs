using Samples;
using SkiaSharp;

namespace Mail;

/// <summary>A picture of mails whose words are coloured by their relevance.</summary>
internal static class MailPicture
{
    // All in pixels.
    private const int Width = 860;
    private const int Margin = 28;
    private const int LineHeight = 24;
    private const int Space = 5;
    private const int Padding = 2;

    /// <summary>Draws the picture and writes it as PNG.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<ExplainedMail> mails)
    {
        // Once to measure and once to draw.
        using SKBitmap nothing = new(1, 1);
        using SKBitmap picture = new(Width, (int)Draw(nothing, mails), isOpaque: true);
        Draw(picture, mails);
        Picture.Write(path, picture);
    }

    private static float Draw(SKBitmap picture, IReadOnlyList<ExplainedMail> mails)
    {
        using SKCanvas canvas = new(picture);
        using Pen pen = new(canvas);
        canvas.Clear(SKColors.White);
        float y = Margin + LineHeight;
        pen.Write("Which words speak for spam (red), which against it (blue)?", Margin, y, pen.Title, Pen.Ink);
        foreach (ExplainedMail mail in mails)
        {
            y += 2 * LineHeight;
            pen.Write(Report.Verdict(mail), Margin, y, pen.Bold, Pen.Ink);
            y = DrawMail(canvas, pen, mail, y + LineHeight + (2 * Padding));
        }

        return y + Margin;
    }

    private static float DrawMail(SKCanvas canvas, Pen pen, ExplainedMail mail, float y)
    {
        float[] shares = mail.Shares;
        float x = Margin;
        int end = 0;
        foreach ((int index, Word word) in mail.Words.Index())
        {
            Advance(mail.Text[end..word.Start]);
            Write(mail.Written(index), shares[index]);
            end = word.Start + word.Length;
        }

        return y;

        void Advance(string between)
        {
            foreach (char character in between)
            {
                if (character == '\n')
                {
                    x = Margin;
                    y += LineHeight;
                }
                else if (char.IsWhiteSpace(character))
                {
                    x += Space;
                }
                else
                {
                    Write(character.ToString(), 0);
                }
            }
        }

        void Write(string text, float share)
        {
            float width = pen.Regular.MeasureText(text);
            if (x + width > Width - Margin)
            {
                x = Margin;
                y += LineHeight;
            }

            SKColor color = HeatMap.Color(share);
            using SKPaint paint = new() { Color = color };
            canvas.DrawRect(x - 1, y - LineHeight + 7 + Padding, width + 2, LineHeight - (2 * Padding), paint);
            pen.Write(text, x, y, pen.Regular, HeatMap.InkOn(color));
            x += width;
        }
    }
}
