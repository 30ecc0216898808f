using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>What goes into a network and comes out. A signal is one row, a vector one row of one channel.</summary>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Outputs">Number of outputs.</param>
/// <param name="Varies">Whether calls choose how many rows there are, of one channel, and of the outputs; the shape is that of the most.</param>
/// <param name="Features">Values of a point for each value of an input: the features of a token, or 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NetworkShape(int Channels, int Height, int Width, int Outputs, bool Varies = false, int Features = 1)
{
    /// <summary>Number of values of an input.</summary>
    public int Inputs => Channels * Height * Width;
}
