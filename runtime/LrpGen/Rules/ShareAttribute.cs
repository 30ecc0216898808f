namespace LrpGen.Rules;

/// <summary>
/// One share of a rule for layers with weights: with s_j = R_j / s_ε(Σ_i terms + bias), an input receives Σ_j terms · s_j.
/// A rule is the sum of its shares.
/// </summary>
/// <remarks>
/// Terms are written as in the papers and separated by <c>" + "</c> or <c>" - "</c>; the first may have a sign too. A term is a part of the input
/// (<c>a</c>, <c>a⁺</c>, <c>a⁻</c>, <c>l</c>, <c>h</c>, or nothing for 1) before a part of the weight (<c>w</c>, <c>w⁺</c>,
/// <c>w⁻</c>, <c>w²</c>, <c>(w+γw⁺)</c>, <c>(w+γw⁻)</c>, <c>1</c>), with a space between them. <c>a+</c>, <c>w-</c> and
/// <c>w2</c> will do for <c>a⁺</c>, <c>w⁻</c> and <c>w²</c>.
/// </remarks>
/// <param name="terms">The terms, such as <c>"a⁺ w⁺ + a⁻ w⁻"</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ShareAttribute(string terms) : Attribute
{
    /// <summary>The terms.</summary>
    public string Terms { get; } = terms;

    /// <summary>
    /// Part of the bias in the denominator: <c>b</c>, <c>b⁺</c>, <c>b⁻</c>, <c>b²</c>, <c>(b+γb⁺)</c>, <c>(b+γb⁻)</c>, or empty for none.
    /// </summary>
    public string Bias { get; set; } = "";

    /// <summary>Factor of the share: <c>α</c>, <c>-β</c>, a number such as <c>1/2</c>, or empty for 1.</summary>
    public string Scale { get; set; } = "";

    /// <summary>The outputs that take part: <c>z&gt;0</c>, <c>z&lt;0</c>, or empty for all.</summary>
    public string Where { get; set; } = "";

    /// <summary>Whether shares are divided by their sum; without, s_j = R_j, as for a gradient.</summary>
    public bool Normalized { get; set; } = true;
}
