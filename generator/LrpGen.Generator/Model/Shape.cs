namespace LrpGen.Generator.Model;

/// <summary>Shape of one sample: (F), (C, L) or (C, H, W).</summary>
/// <param name="Rank">1, 2 or 3.</param>
/// <param name="Channels">Channels, or features.</param>
/// <param name="Height">Rows; 1 below rank 3.</param>
/// <param name="Width">Columns, or length; 1 at rank 1.</param>
internal readonly record struct Shape(int Rank, int Channels, int Height, int Width)
{
    public static Shape Vector(int features) => new(1, features, 1, 1);

    public static Shape Signal(int channels, int length) => new(2, channels, 1, length);

    public static Shape Image(int channels, int height, int width) => new(3, channels, height, width);

    /// <summary>Number of positions, each with all channels.</summary>
    public int Pixels => Height * Width;

    /// <summary>Number of values.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>As many sizes as the rank, in PyTorch's order.</summary>
    public EquatableArray<int> Sizes => Rank switch
    {
        1 => [Channels],
        2 => [Channels, Width],
        _ => [Channels, Height, Width],
    };

    /// <summary>As PyTorch prints it: (16, 28, 28).</summary>
    public override string ToString() => $"({string.Join(", ", Sizes)})";
}
