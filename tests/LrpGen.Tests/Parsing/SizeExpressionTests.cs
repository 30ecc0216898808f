using LrpGen.Generator.Declarations;
using LrpGen.Generator.Parsing;

namespace LrpGen.Tests.Parsing;

public class SizeExpressionTests
{
    private static readonly Dictionary<string, int> Variables = new() { ["width"] = 6, ["n"] = 2 };

    [Theory]
    [InlineData("7", 7)]
    [InlineData(" width ", 6)]
    [InlineData("4 * width", 24)]
    [InlineData("1 + 2 * 3 - 4", 3)]
    [InlineData("10 - 3 - 2", 5)]
    [InlineData("24 / 4 / 2", 3)]
    [InlineData("24 / (4 / 2)", 12)]
    [InlineData("(width + 4)*(n-1)", 10)]
    [InlineData("n - width", -4)]
    [InlineData("0 / 3", 0)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("0 - 2147483647 - 1", int.MinValue)]
    public void Value_is_that_of_arithmetic(string text, int expected) =>
        Assert.Equal((expected, null), (SizeExpression.Evaluate(text, Variables, out string? fault), fault));

    [Theory]
    [InlineData("", "it ends too soon")]
    [InlineData("width *", "it ends too soon")]
    [InlineData("(width", "it ends too soon")]
    [InlineData("width)", "')' is not expected there")]
    [InlineData("2 width", "'w' is not expected there")]
    [InlineData("-1", "'-' is not expected there")]
    [InlineData("2 % n", "'%' is not expected there")]
    [InlineData("2\0", @"'\0' is not expected there")]
    [InlineData("\0", @"'\0' is not expected there")]
    [InlineData("Width + missing", "there is no 'Width', but width, n")]
    [InlineData("width / 4", "6 / 4 is not an integer")]
    [InlineData("1 / (n - 2)", "it divides by 0")]
    [InlineData("2147483648", "it is too large")]
    [InlineData("99999 * 99999", "it is too large")]
    [InlineData("2147483647 + 1 - 1", "it is too large")]
    [InlineData("(0 - 2147483647 - 1) / (0 - 1)", "it is too large")]
    public void First_fault_is_named(string text, string expected)
    {
        SizeExpression.Evaluate(text, Variables, out string? fault);
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('9')]
    [InlineData('n')]
    [InlineData(' ')]
    public void Long_text_is_refused(char character)
    {
        SizeExpression.Evaluate(new string(character, 1_000_000), Variables, out string? fault);
        Assert.Equal("it is longer than 200 characters", fault);
    }
}
