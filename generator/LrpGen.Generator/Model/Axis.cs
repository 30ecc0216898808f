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

    /// <summary>The same windows over inputs that are shorter by less than a stride, and itself.</summary>
    public IEnumerable<Axis> Shortened()
    {
        Axis axis = this;
        int rest = Input + (2 * Padding) - Span - ((Output - 1) * Stride);
        return Enumerable.Range(0, Math.Min(Stride, Input))
            .Select(shorter => axis with { Input = axis.Input - shorter, Output = axis.Output - (shorter > rest ? 1 : 0) });
    }

    /// <summary>How many windows there are along an axis whose length every call chooses; none reaches over the end.</summary>
    public Count Windows(Count input) => input.Then(add: (2 * Padding) - Span + Stride, divide: Stride);

    /// <summary>Whether the last window reaches over the end of the padded input, as PyTorch's <c>ceil_mode</c> permits.</summary>
    public bool Overhangs => ((Output - 1) * Stride) + Span > Input + (2 * Padding);
}
