namespace FashionMnist;

/// <summary>A grey image of <see cref="Side"/>×<see cref="Side"/> pixels, row by row: a light garment on black.</summary>
/// <param name="Pixels">0 (black) to 255 (white).</param>
/// <param name="Label">Index of its true class, if known.</param>
internal sealed record FashionImage(byte[] Pixels, int? Label)
{
    public const int Side = 28;

    /// <summary>Names of the network's outputs.</summary>
    public static readonly IReadOnlyList<string> Classes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The network's input: −1 (black) to 1 (white), as in training.</summary>
    public float[] ToInput() => Array.ConvertAll(Pixels, static pixel => (pixel / 127.5f) - 1);
}
