using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>What goes into a network and comes out. A signal is one row, a vector one row of one channel.</summary>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Outputs">Number of outputs.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NetworkShape(int Channels, int Height, int Width, int Outputs)
{
    /// <summary>Number of values of an input.</summary>
    public int Inputs => Channels * Height * Width;
}
