using LrpGen.Generator.Basics;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;
using LrpGen.Generator.Rules;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class SharesTests
{
    /// <summary>Where a ≥ 0, a⁻ = 0 and a⁺ = a.</summary>
    [Theory]
    [InlineData("ZPlus", "a w⁺")]
    [InlineData("AlphaBeta(2, 1)", "a w⁺", "a w⁻")]
    [InlineData("Gamma(0.25)", "a (w+γw⁺)", "a (w+γw⁻)")]
    [InlineData("Epsilon", "a w")]
    [InlineData("ZBox(0, 1)", "a w - l w⁺ - h w⁻")]
    public void NonNegativeInputLeavesOneTermOfEachShare(string rule, params string[] terms) =>
        Assert.Equal(
            terms.Select(Terms),
            Shares.Simplify(RuleOf(rule), inputIsNonNegative: true, weightsAreNonNegative: false).Select(share => share.Terms));

    [Theory]
    [InlineData("ZPlus")]
    [InlineData("AlphaBeta(2, 1)")]
    [InlineData("Gamma(0.25)")]
    public void InputOfAnySignLeavesRuleAsItIs(string attribute)
    {
        Rule rule = RuleOf(attribute);
        Assert.Equal(rule.Shares, Shares.Simplify(rule, inputIsNonNegative: false, weightsAreNonNegative: false));
    }

    /// <summary>With γ = 0, w + γw⁺ = w + γw⁻ = w, and a⁺ w + a⁻ w = a w: the forward pass serves.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GammaOf0IsEpsilonForEitherSign(bool inputIsNonNegative) =>
        Assert.All(Shares.Simplify(RuleOf("Gamma(0)"), inputIsNonNegative, weightsAreNonNegative: false), share =>
        {
            Assert.Equal(Terms("a w"), share.Terms);
            Assert.True(Shares.ReusesForward(share, layerHasBias: true));
        });

    /// <summary>Where w ≥ 0, w⁻ = 0 and w⁺ = w.</summary>
    [Theory]
    [InlineData("ZPlus", "a⁺ w")]
    [InlineData("AlphaBeta(2, 1)", "a⁺ w", "a⁻ w")]
    [InlineData("Gamma(0.25)", "a⁺ (w+γw⁺) + a⁻ w", "a⁺ w + a⁻ (w+γw⁺)")]
    public void NonNegativeWeightsLeaveTermsOfW(string rule, params string[] terms) => Assert.Equal(
        terms.Select(Terms),
        Shares.Simplify(RuleOf(rule), inputIsNonNegative: false, weightsAreNonNegative: true).Select(share => share.Terms));

    [Fact]
    public void BetaOf0LeavesShareOfAlpha()
    {
        Share share = Assert.Single(Shares.Simplify(RuleOf("AlphaBeta(1, 0)"), inputIsNonNegative: false, weightsAreNonNegative: false));
        Assert.Equal(1, share.Scale);
        Assert.Equal(Terms("a⁺ w⁺ + a⁻ w⁻"), share.Terms);
    }

    /// <summary>Where a denominator is not known to be at least z, it may be 0 beside relevance.</summary>
    [Theory]
    [InlineData("ZPlus", true, true, false)]
    [InlineData("ZPlus", false, true, false)]
    [InlineData("ZPlus", true, false, true)] // relevance of z < 0 too
    [InlineData("Gamma(0.25)", true, true, false)]
    [InlineData("Epsilon", false, false, false)] // z itself
    [InlineData("WSquare", true, true, true)]
    public void DenominatorsBelowZAreWide(string attribute, bool inputIsNonNegative, bool relevanceIsOfPositive, bool isWide) => Assert.All(
        Shares.Simplify(RuleOf(attribute), inputIsNonNegative, weightsAreNonNegative: false, relevanceIsOfPositive),
        share => Assert.Equal(isWide, Shares.MayBeWide(share, layerHasBias: true, inputIsNonNegative, relevanceIsOfPositive)));

    [Theory]
    [InlineData("A", "WPositive", "BPositive", true, false)]
    [InlineData("A", "WPositive", "BPositive", false, true)]
    [InlineData("APositive", "WPositive", "BPositive", false, true)]
    [InlineData("A", "WPositive", "BNegative", true, true)]
    [InlineData("A", "WPositive", "None", true, true)]
    [InlineData("A", "WNegative", "BNegative", true, true)]
    public void EachPartOfADenominatorCounts(string input, string weight, string bias, bool inputIsNonNegative, bool isWide)
    {
        Term term = new(1, Enum.Parse<InputPart>(input), Enum.Parse<WeightPart>(weight));
        Share share = RuleOf("ZPlus").Shares[0] with { Terms = [term], Bias = Enum.Parse<BiasPart>(bias) };
        Assert.Equal(isWide, Shares.MayBeWide(share, layerHasBias: true, inputIsNonNegative, relevanceIsOfPositive: true));
    }

    [Fact]
    public void ShareWithoutTermsVanishes()
    {
        Rule rule = RuleOf("Own", """[Share("a⁻ w")] class OwnAttribute : RuleAttribute;""");
        Assert.Single(Shares.Simplify(rule, inputIsNonNegative: false, weightsAreNonNegative: false));
        Assert.Empty(Shares.Simplify(rule, inputIsNonNegative: true, weightsAreNonNegative: false));
    }

    /// <summary>γ's half for z &lt; 0 has no relevance to share, and its half for z &gt; 0 need not ask.</summary>
    [Theory]
    [InlineData(true, "a (w+γw⁺)")]
    [InlineData(false, "a⁺ (w+γw⁺) + a⁻ (w+γw⁻)")]
    public void RelevanceOfPositiveOutputsLeavesOneShareOfGamma(bool inputIsNonNegative, string terms)
    {
        Share share = Assert.Single(
            Shares.Simplify(RuleOf("Gamma(0.25)"), inputIsNonNegative, weightsAreNonNegative: false, relevanceIsOfPositive: true));
        Assert.Equal(Terms(terms), share.Terms);
        Assert.Equal((BiasPart.BGammaPositive, OutputSign.Any), (share.Bias, share.Where));
    }

    [Theory]
    [InlineData("Epsilon")]
    [InlineData("ZPlus")]
    [InlineData("AlphaBeta(2, 1)")]
    [InlineData("ZBox(0, 1)")]
    [InlineData("WSquare")]
    [InlineData("Flat")]
    public void RelevanceOfPositiveOutputsLeavesOtherRulesAsTheyAre(string attribute)
    {
        Rule rule = RuleOf(attribute);
        Assert.Equal(rule.Shares, Shares.Simplify(rule, inputIsNonNegative: false, weightsAreNonNegative: false, relevanceIsOfPositive: true));
    }

    /// <summary>Whether a rule needs z &lt; 0, of any relevance and of that of positive outputs only.</summary>
    [Theory]
    [InlineData("Epsilon", true, true, false)]
    [InlineData("Epsilon", false, true, false)]
    [InlineData("Epsilon(ZeroBias = true)", true, false, false)] // divides by a sum of its own
    [InlineData("Epsilon(ZeroBias = true)", false, true, false)]
    [InlineData("Gamma(0.25)", true, true, false)] // asks for its sign
    [InlineData("Gamma(0)", true, true, false)]
    [InlineData("ZPlus", true, false, false)]
    [InlineData("AlphaBeta(2, 1)", true, false, false)]
    [InlineData("ZBox(0, 1)", true, true, false)]
    [InlineData("ZBox(0, 1)", false, true, false)]
    [InlineData("WSquare", true, false, false)]
    [InlineData("Flat", true, false, false)]
    [InlineData("Derivative", true, false, false)]
    public void NegativeSumsAreNeededWhereRelevanceIsSharedByThem(string attribute, bool layerHasBias, bool ofAny, bool ofPositive)
    {
        Rule rule = RuleOf(attribute);
        Assert.Equal(ofAny, Needed(relevanceIsOfPositive: false));
        Assert.Equal(ofPositive, Needed(relevanceIsOfPositive: true));

        bool Needed(bool relevanceIsOfPositive) =>
            Shares.NeedNegativeSums(Shares.Simplify(rule, false, false, relevanceIsOfPositive), layerHasBias, relevanceIsOfPositive);
    }

    [Theory]
    [InlineData("Epsilon", true, true)]
    [InlineData("Epsilon", false, true)]
    [InlineData("ZBox(0, 1)", true, true)]
    [InlineData("ZBox(0, 1)", false, true)]
    [InlineData("ZPlus", true, false)]
    [InlineData("ZPlus", false, false)]
    [InlineData("WSquare", true, false)]
    [InlineData("Flat", false, false)]
    [InlineData("Epsilon(ZeroBias = true)", true, false)] // z − b would cancel
    [InlineData("Epsilon(ZeroBias = true)", false, true)]
    public void ForwardPassIsReusedWhereItHasTheTerms(string rule, bool layerHasBias, bool reuses) =>
        Assert.Equal(reuses, Shares.ReusesForward(Assert.Single(RuleOf(rule).Shares), layerHasBias));

    private static EquatableArray<Term> Terms(string text) => ShareFormula.ParseTerms(text)!.Value;

    /// <summary>The rule that an attribute declares.</summary>
    private static Rule RuleOf(string attribute, string otherTypes = "") => Assert.Single(Assert.Single(
        Declaration.Parse("[Network(3)] [Linear(2)] [Explain<Composite>]", $"[{attribute}] struct Composite : IComposite; {otherTypes}")
            .Explanations).Assignments).Rule;
}
