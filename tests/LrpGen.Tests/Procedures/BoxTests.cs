using LrpGen.Execution;

namespace LrpGen.Tests.Procedures;

/// <summary>Bounds for all values, for each channel, or on one side only.</summary>
public sealed class BoxTests
{
    [Theory]
    [InlineData(new float[0], new float[0], new float[] { -9, 9, -9, 9, -9, 9 })]
    [InlineData(new float[] { -1 }, new float[] { 2 }, new float[] { -1, 2, -1, 2, -1, 2 })]
    [InlineData(new float[] { -1, -2, -3 }, new float[0], new float[] { -1, 9, -2, 9, -3, 9 })]
    [InlineData(new float[] { -1, -2, -3 }, new float[] { 2 }, new float[] { -1, 2, -2, 2, -3, 2 })]
    public void ValuesAreMovedToTheBoundsOfTheirChannel(float[] lows, float[] highs, float[] clamped)
    {
        float[] values = [-9, 9, -9, 9, -9, 9];
        Box box = new(values.Length, lows, highs);
        Assert.Equal(clamped, values.Select((value, i) => box.Clamp(i, value)));
    }

    [Fact]
    public void ValueAtABoundMayMoveAwayFromItOnly()
    {
        Box box = new(2, [0], [1]);
        Assert.Equal((false, true), (box.Allows(0, 0, -1), box.Allows(0, 0, 1)));
        Assert.Equal((true, false), (box.Allows(1, 1, -1), box.Allows(1, 1, 1)));
    }
}
