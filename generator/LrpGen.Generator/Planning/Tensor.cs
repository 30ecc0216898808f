namespace LrpGen.Generator.Planning;

/// <summary>
/// A block of floats with channels last: channel c of pixel p lies at p·<see cref="Pitch"/> + c. Lanes from
/// <see cref="Channels"/> to <see cref="Pitch"/> are padding: finite, and met by zero weights wherever they are read.
/// </summary>
/// <param name="name">Unique in its program, such as <c>a3</c>.</param>
/// <param name="symbol">The papers' name within a layer, such as <c>a</c>.</param>
/// <param name="stored">Whether it is computed at load and kept, rather than in a call's workspace.</param>
internal sealed class Tensor(string name, string symbol, int channels, int height, int width, int pitch, bool stored = false)
{
    public string Name { get; } = name;

    public string Symbol { get; } = symbol;

    public int Channels { get; } = channels;

    public int Height { get; } = height;

    public int Width { get; } = width;

    public int Pitch { get; } = pitch;

    public bool Stored { get; } = stored;

    public int Pixels => Height * Width;

    /// <summary>Floats that it takes: whole vectors, whatever the pitch.</summary>
    public int Length => Simd.RoundUp(Height * Width * Pitch);

    /// <summary>A tensor of the same extent.</summary>
    public Tensor Like(string name, string symbol) => new(name, symbol, Channels, Height, Width, Pitch);
}
