using Samples;
using SkiaSharp;

namespace FashionMnist;

/// <summary>A user's own image.</summary>
internal static class ImageFile
{
    /// <summary>Reads an image of any size and colour: fitted into the network's square, centred, and converted to grey.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF or BMP file.</param>
    /// <param name="invert">Whether the garment is dark on white.</param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">The file is no image, or a damaged one.</exception>
    public static FashionImage Read(string path, bool invert)
    {
        using SKBitmap bitmap = Picture.Read(path);
        using SKBitmap square = Fit(bitmap, invert ? SKColors.White : SKColors.Black);
        return new FashionImage(Array.ConvertAll(square.Pixels, color => invert ? (byte)(255 - Luma(color)) : Luma(color)), Label: null);
    }

    private static SKBitmap Fit(SKBitmap bitmap, SKColor background)
    {
        float scale = FashionImage.Side / (float)Math.Max(bitmap.Width, bitmap.Height);
        SKSize size = new(bitmap.Width * scale, bitmap.Height * scale);
        SKPoint corner = new((FashionImage.Side - size.Width) / 2, (FashionImage.Side - size.Height) / 2);

        SKBitmap square = new(FashionImage.Side, FashionImage.Side);
        using SKCanvas canvas = new(square);
        canvas.Clear(background);
        // Mipmaps, because a photo shrinks by far more than the two pixels that linear filtering looks at.
        canvas.DrawBitmap(bitmap, SKRect.Create(corner, size), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return square;
    }

    /// <summary>Brightness as in ITU-R BT.601.</summary>
    private static byte Luma(SKColor color) => (byte)Math.Round((0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue));
}
