using System.Globalization;
using CsCheck;
using LrpGen.Generator.Emission;

namespace LrpGen.Tests.Emission;

public class LiteralTests
{
    [Theory]
    [InlineData(0.0, "0f")]
    [InlineData(-0.0, "-0f")]
    [InlineData(-1.5, "-1.5f")]
    [InlineData(0.1, "0.1f")]
    [InlineData(1.0 / 3, "0.33333334f")]
    [InlineData(16777216, "16777216f")]
    [InlineData(1e-6, "1E-06f")]
    [InlineData(float.MaxValue, "3.4028235E+38f")]
    [InlineData(float.Epsilon, "1.4013E-45f")]
    [InlineData(1e300, "float.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "float.NegativeInfinity")]
    [InlineData(double.NaN, "float.NaN")]
    public void FloatIsAsShortAsCanBe(double value, string literal) => Assert.Equal(literal, Literal.Float(value));

    [Fact]
    public void FloatGivesItselfBack() => Gen.Single.Where(float.IsFinite).Sample(value =>
        Assert.Equal(value, float.Parse(Literal.Float(value)[..^1], CultureInfo.InvariantCulture)));

    [Fact]
    public void DoubleGivesItselfBack() => Gen.Double.Where(double.IsFinite).Sample(value =>
        Assert.Equal(value, double.Parse(Literal.Double(value)[..^1], CultureInfo.InvariantCulture)));

    [Fact]
    public void CultureChangesNothing()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat = new() { NegativeSign = "\u2212", NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
            CultureInfo.CurrentCulture = strange;

            Assert.Equal("-1.5f", Literal.Float(-1.5));
            Assert.Equal("-1E-06f", Literal.Float(-1e-6));
            Assert.Equal("-1.5d", Literal.Double(-1.5));
            Assert.Equal("-12345", Literal.Integer(-12345));
            Assert.Equal("x - 3", (Offset.Variable("x") + -3).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void StringIsQuotedAndEscaped() => Assert.Equal("""
        "conv\"1\"\\\n"
        """, Literal.String("conv\"1\"\\\n"));
}
