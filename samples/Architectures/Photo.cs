using Samples;
using SkiaSharp;

namespace Architectures;

/// <summary>An image as the networks see it.</summary>
/// <param name="Bitmap"><see cref="Architecture.Side"/>×<see cref="Architecture.Side"/> pixels.</param>
internal sealed record Photo(SKBitmap Bitmap) : IDisposable
{
    /// <summary>Length of the shorter side before the middle is cut out, as in torchvision.</summary>
    private const int ShorterSide = 256;

    /// <summary>Reads an image of any size, shrinks it and cuts out its middle.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF or BMP file.</param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">The file is no image, or a damaged one.</exception>
    public static Photo Read(string path)
    {
        using SKBitmap bitmap = Picture.Read(path);
        float scale = ShorterSide / (float)Math.Min(bitmap.Width, bitmap.Height);
        SKSize size = new(bitmap.Width * scale, bitmap.Height * scale);
        SKPoint corner = new((Architecture.Side - size.Width) / 2, (Architecture.Side - size.Height) / 2);

        SKBitmap middle = new(Architecture.Side, Architecture.Side);
        using SKCanvas canvas = new(middle);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(bitmap, SKRect.Create(corner, size), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return new Photo(middle);
    }

    /// <summary>The network's input: red, then green, then blue.</summary>
    public float[] ToInput(Normalization normalization)
    {
        SKColor[] pixels = Bitmap.Pixels;
        float[] input = new float[3 * pixels.Length];
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            ReadOnlySpan<byte> channels = [pixels[pixel].Red, pixels[pixel].Green, pixels[pixel].Blue];
            for (int channel = 0; channel < channels.Length; channel++)
            {
                float shifted = (channels[channel] / 255f) - normalization.Mean[channel];
                input[(channel * pixels.Length) + pixel] = shifted / normalization.Deviation[channel];
            }
        }

        return input;
    }

    public void Dispose() => Bitmap.Dispose();
}
