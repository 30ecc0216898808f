using LrpGen.Generator.Rules;

namespace LrpGen.Tests.Parsing;

public class ShareFormulaTests
{
    [Theory]
    [InlineData("a w", "a w")]
    [InlineData("a⁺ (w+γw⁺) + a⁻ (w+γw⁻)", "a+ (w+gammaw+)  +  a- (w+γw-)")]
    [InlineData("a w - l w⁺ - h w⁻", "a w - l w+ - h w-")]
    [InlineData("w²", " w2 ")]
    public void Terms_can_be_written_with_the_symbols_of_a_keyboard(string asInPapers, string asTyped) =>
        Assert.Equal(ShareFormula.ParseTerms(asInPapers)!, ShareFormula.ParseTerms(asTyped)!);

    [Fact]
    public void Terms_have_a_sign_an_input_and_a_weight() => Assert.Equal(
        [new Term(1, InputPart.A, WeightPart.W), new Term(-1, InputPart.Low, WeightPart.WPositive), new Term(1, InputPart.One, WeightPart.One)],
        ShareFormula.ParseTerms("a w - l w⁺ + 1")!.Value);

    [Theory]
    [InlineData("- a w", -1)]
    [InlineData("+ a w", 1)]
    public void First_term_can_have_a_sign(string terms, int sign) =>
        Assert.Equal([new Term(sign, InputPart.A, WeightPart.W)], ShareFormula.ParseTerms(terms)!.Value);

    [Theory]
    [InlineData("", 1)]
    [InlineData("1/2", 0.5)]
    [InlineData("-0.25", -0.25)]
    [InlineData("-α", -1)]
    public void Scale_is_a_number_or_a_parameter(string scale, double factor) => Assert.Equal(factor, ShareFormula.ParseScale(scale)!.Value.Factor);

    [Theory]
    [InlineData("0")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("2 α")]
    public void Other_scales_are_refused(string scale) => Assert.Null(ShareFormula.ParseScale(scale));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a w +")]
    [InlineData("-")]
    [InlineData("- + a w")]
    [InlineData("a w + + w")]
    [InlineData("a a w")]
    [InlineData("w a")]
    [InlineData("aw")]
    public void Other_terms_are_refused(string terms) => Assert.Null(ShareFormula.ParseTerms(terms));
}
