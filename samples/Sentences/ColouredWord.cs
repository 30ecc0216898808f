using System.Numerics.Tensors;
using Samples;
using SkiaSharp;

namespace Sentences;

/// <summary>A word on the colour of its relevance.</summary>
/// <param name="Text">The word.</param>
/// <param name="Color">What it stands on.</param>
/// <param name="Ink">What it is written in.</param>
internal readonly record struct ColouredWord(string Text, SKColor Color, SKColor Ink)
{
    private static readonly SKColor Dark = new(0x1F, 0x23, 0x28);

    /// <summary>Colours a sentence, scaled by its own largest magnitude.</summary>
    public static ColouredWord[] Of(Side side)
    {
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(side.Relevance));
        return
        [
            .. side.Sentence.Words.Zip(side.Relevance, (word, relevance) =>
            {
                SKColor color = HeatMap.Color(largest > 0 ? relevance / largest : 0);
                return new ColouredWord(word.Text, color, IsDark(color) ? SKColors.White : Dark);
            }),
        ];
    }

    private static bool IsDark(SKColor color) => color.Red + (2 * color.Green) + color.Blue < 2 * byte.MaxValue;
}
