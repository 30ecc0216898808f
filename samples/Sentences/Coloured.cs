using System.Numerics.Tensors;
using Samples;
using SkiaSharp;

namespace Sentences;

/// <summary>A sentence's words on the colours of their relevance, scaled by its own largest magnitude.</summary>
internal sealed class Coloured(Side side)
{
    private static readonly SKColor Dark = new(0x1F, 0x23, 0x28);

    public IReadOnlyList<ColouredWord> All { get; } = Of(side);

    /// <summary>The colour of text that can be read on another.</summary>
    public static SKColor InkOn(SKColor color) => color.Red + (2 * color.Green) + color.Blue > 2 * 255 ? Dark : SKColors.White;

    private static ColouredWord[] Of(Side side)
    {
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(side.Relevance));
        return
        [
            .. side.Sentence.Words.Zip(side.Relevance, (word, relevance) =>
            {
                SKColor color = HeatMap.Color(largest > 0 ? relevance / largest : 0);
                return new ColouredWord(word.Text, color, InkOn(color));
            }),
        ];
    }
}

/// <summary>A word and its colours.</summary>
/// <param name="Text">The word.</param>
/// <param name="Color">What it stands on.</param>
/// <param name="Ink">What it is written in.</param>
internal readonly record struct ColouredWord(string Text, SKColor Color, SKColor Ink);
