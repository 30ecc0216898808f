namespace LrpGen.Execution;

/// <summary>Bounds of the values of an input.</summary>
/// <param name="inputs">Number of values.</param>
/// <param name="lows">Lower bounds: for every channel, or one for all, or none.</param>
/// <param name="highs">Upper bounds, likewise.</param>
internal sealed class Box(int inputs, float[] lows, float[] highs)
{
    /// <summary>The value at an index, moved to where the bounds allow it.</summary>
    public float Clamp(int index, float value) => Math.Min(Math.Max(value, Low(index)), High(index));

    /// <summary>Whether a value may move in a direction.</summary>
    public bool Allows(int index, float value, float direction) => direction < 0 ? value > Low(index) : value < High(index);

    private float Low(int index) => Bound(lows, index, float.NegativeInfinity);

    private float High(int index) => Bound(highs, index, float.PositiveInfinity);

    private float Bound(float[] bounds, int index, float otherwise) => bounds.Length == 0 ? otherwise : bounds[index / (inputs / bounds.Length)];
}
