using SkiaSharp;

namespace Samples;

/// <summary>Writes text with the embedded fonts, because there may be no other.</summary>
internal sealed class Pen(SKCanvas canvas) : IDisposable
{
    /// <summary>The colour of text.</summary>
    public static SKColor Ink { get; } = new(0x1F, 0x23, 0x28);

    /// <summary>The colour of remarks.</summary>
    public static SKColor Gray { get; } = new(0x65, 0x6D, 0x76);

    public SKFont Title { get; } = Font("Inter-SemiBold.ttf", 22);

    public SKFont Bold { get; } = Font("Inter-SemiBold.ttf", 15);

    public SKFont Regular { get; } = Font("Inter-Regular.ttf", 15);

    public SKFont Small { get; } = Font("Inter-Regular.ttf", 13);

    /// <summary>Writes a line.</summary>
    /// <param name="x">Where it starts, ends or has its middle, by <paramref name="align"/>.</param>
    /// <param name="y">Its baseline.</param>
    public void Write(string text, float x, float y, SKFont font, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    public void Dispose()
    {
        Title.Dispose();
        Bold.Dispose();
        Regular.Dispose();
        Small.Dispose();
    }

    private static SKFont Font(string resource, float size) =>
        new(SKTypeface.FromStream(typeof(Pen).Assembly.GetManifestResourceStream(resource)!), size) { Subpixel = true };
}
