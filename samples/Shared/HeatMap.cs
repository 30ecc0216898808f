using System.Numerics.Tensors;
using SkiaSharp;

namespace Samples;

/// <summary>Relevance as colour: blue for −max |R|, white for 0, red for max |R|.</summary>
internal static class HeatMap
{
    /// <summary>From −1 to 1 at equal distances, as dark at either end.</summary>
    private static readonly SKColor[] Stops =
    [
        new(0x0B, 0x2F, 0x6B), new(0x2F, 0x7F, 0xC4), new(0xA9, 0xD0, 0xEE), SKColors.White,
        new(0xFB, 0xBF, 0xA6), new(0xDF, 0x4B, 0x3C), new(0x7A, 0x06, 0x1C),
    ];

    /// <summary>Colours relevance, one pixel per value, scaled by its own largest magnitude.</summary>
    /// <param name="relevance">Row by row.</param>
    /// <param name="width">Pixels of a row.</param>
    public static SKBitmap Of(ReadOnlySpan<float> relevance, int width)
    {
        SKColor[] colors = Array.ConvertAll(Shares(relevance), Color);
        return new SKBitmap(width, colors.Length / width) { Pixels = colors };
    }

    /// <summary>Relevance as parts of its own largest magnitude, from −1 to 1.</summary>
    public static float[] Shares(ReadOnlySpan<float> relevance)
    {
        float[] shares = relevance.ToArray();
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude(relevance));
        if (largest > 0)
        {
            TensorPrimitives.Divide(shares, largest, shares);
        }

        return shares;
    }

    /// <summary>Draws all colours side by side, from −max |R| to max |R|.</summary>
    public static void DrawBar(SKCanvas canvas, SKRect area)
    {
        using SKPaint paint = new();
        for (int x = 0; x < area.Width; x++)
        {
            paint.Color = Color((2 * x / (area.Width - 1)) - 1);
            canvas.DrawRect(area.Left + x, area.Top, 1, area.Height, paint);
        }
    }

    /// <summary>The colour of a share of the largest magnitude.</summary>
    /// <param name="share">−1 to 1.</param>
    public static SKColor Color(float share)
    {
        float position = (share + 1) / 2 * (Stops.Length - 1);
        int below = Math.Clamp((int)position, 0, Stops.Length - 2);
        float weight = position - below;
        return new SKColor(
            Mix(Stops[below].Red, Stops[below + 1].Red, weight),
            Mix(Stops[below].Green, Stops[below + 1].Green, weight),
            Mix(Stops[below].Blue, Stops[below + 1].Blue, weight));
    }

    /// <summary>The colour of text on another: white on a dark one.</summary>
    public static SKColor InkOn(SKColor color) =>
        (0.299f * color.Red) + (0.587f * color.Green) + (0.114f * color.Blue) < 128 ? SKColors.White : Pen.Ink;

    private static byte Mix(byte from, byte to, float weight) => (byte)MathF.Round(from + ((to - from) * weight));
}
