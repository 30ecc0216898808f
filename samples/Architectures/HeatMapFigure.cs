using System.Numerics.Tensors;
using Samples;
using SkiaSharp;

namespace Architectures;

/// <summary>A picture of an image and its heat maps, side by side.</summary>
internal static class HeatMapFigure
{
    // In pixels.
    private const int Gap = 16;
    private const int Caption = 28;

    /// <summary>Draws the picture and writes it as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="photo">The image.</param>
    /// <param name="maps">Name of each explanation, and the relevance of every value of the input.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Photo photo, IEnumerable<(string Name, float[] Relevance)> maps)
    {
        (string Name, float[] Relevance)[] columns = [.. maps];
        using SKBitmap picture = new(Left(columns.Length + 1), Gap + Architecture.Side + Caption, isOpaque: true);
        using SKCanvas canvas = new(picture);
        using Pen pen = new(canvas);
        canvas.Clear(SKColors.White);
        Draw("Image", photo.Bitmap, Left(0));
        foreach ((int column, (string name, float[] relevance)) in columns.Index())
        {
            using SKBitmap map = HeatMap.Of(OfPixels(relevance), Architecture.Side);
            Draw($"{name}, sum {TensorPrimitives.Sum<float>(relevance):F2}", map, Left(column + 1));
        }

        Picture.Write(path, picture);

        void Draw(string caption, SKBitmap content, int left)
        {
            canvas.DrawBitmap(content, left, Gap, new SKSamplingOptions(SKFilterMode.Nearest));
            pen.Write(caption, left, Gap + Architecture.Side + 19, pen.Small, Pen.Ink);
        }
    }

    private static int Left(int column) => Gap + (column * (Architecture.Side + Gap));

    /// <summary>The relevance of each pixel, summed over its three colours.</summary>
    private static float[] OfPixels(ReadOnlySpan<float> relevance)
    {
        int pixels = relevance.Length / 3;
        float[] sums = relevance[..pixels].ToArray();
        TensorPrimitives.Add(sums, relevance.Slice(pixels, pixels), sums);
        TensorPrimitives.Add(sums, relevance[(2 * pixels)..], sums);
        return sums;
    }
}
