using SkiaSharp;

namespace Samples;

/// <summary>Image files.</summary>
internal static class Picture
{
    // Blocks of one colour shrink most without a filter.
    private static readonly SKPngEncoderOptions Compression = new(SKPngEncoderFilterFlags.None, zLibLevel: 9);

    /// <summary>Reads an image.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF or BMP file.</param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">The file is no image, or a part of it is missing.</exception>
    public static SKBitmap Read(string path)
    {
        using SKData data = SKData.CreateCopy(File.ReadAllBytes(path));
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is not null)
        {
            SKBitmap bitmap = new();
            SKImageInfo info = new(codec.Info.Width, codec.Info.Height);
            if (bitmap.TryAllocPixels(info) && codec.GetPixels(info, bitmap.GetPixels()) == SKCodecResult.Success)
            {
                return bitmap;
            }

            bitmap.Dispose();
        }

        throw new InvalidDataException($"'{path}' is not an image that can be decoded.");
    }

    /// <summary>Writes a picture as PNG.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SKBitmap picture)
    {
        using FileStream file = File.Create(path);
        picture.PeekPixels().Encode(file, Compression);
    }
}
