namespace LrpGen.Generator.Model;

/// <summary>How windows lie along one axis. A 1-D layer has rows of <see cref="None"/>.</summary>
/// <param name="Input">Length of the input.</param>
/// <param name="Output">Number of windows.</param>
/// <param name="Kernel">Taps of a window.</param>
/// <param name="Stride">Distance of neighbouring windows.</param>
/// <param name="Padding">Positions added at either end.</param>
/// <param name="Dilation">Distance of neighbouring taps.</param>
internal readonly record struct Axis(int Input, int Output, int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>An axis of one position and one tap.</summary>
    public static readonly Axis None = new(1, 1, 1, 1, 0, 1);

    /// <summary>Positions that a window spans.</summary>
    public int Span => ((Kernel - 1) * Dilation) + 1;

    /// <summary>Whether the last window reaches over the end of the padded input, as PyTorch's <c>ceil_mode</c> permits.</summary>
    public bool Overhangs => ((Output - 1) * Stride) + Span > Input + (2 * Padding);
}
