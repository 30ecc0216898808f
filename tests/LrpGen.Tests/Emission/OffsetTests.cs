using LrpGen.Generator.Emission;

namespace LrpGen.Tests.Emission;

public class OffsetTests
{
    private static readonly Offset X = Offset.Variable("x");
    private static readonly Offset Y = Offset.Variable("y");

    [Fact]
    public void NumbersFold()
    {
        AssertText("0", default);
        AssertText("19", ((Offset)2 * 8) + 3);
        AssertText("5", (X * 0) + 5);
        AssertText("0", X + (X * -1));
    }

    [Fact]
    public void EqualVariablesAdd()
    {
        AssertText("x + 3", X + 3);
        AssertText("x * 8 + 24", (X + 3) * 8);
        AssertText("y * 16 + x * 2 + 1", X + X + (Y * 16) + 1);
        AssertText("x * 1099511627776", X * (1L << 40));
    }

    [Fact]
    public void NegativeTermsAreTakenOff()
    {
        AssertText("-x", X * -1);
        AssertText("-4", -4);
        AssertText("y - x * 2 - 4", (X * -2) + Y + -4);
    }

    [Fact]
    public void ReferenceToTheOriginNeedsNoOffset()
    {
        Assert.Equal("ref aOrigin", Generator.Emission.Reference.To("aOrigin", 0));
        Assert.Equal("ref Unsafe.Add(ref aOrigin, x * 8)", Generator.Emission.Reference.To("aOrigin", X * 8));
    }

    private static void AssertText(string expected, Offset offset) => Assert.Equal(expected, offset.ToString());
}
