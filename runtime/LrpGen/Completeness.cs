namespace LrpGen;

/// <summary>
/// What the relevance of an explanation relative to a point x₀ adds up to, and what it should: ΣR = f(x) − f(x₀). f is the explained output.
/// </summary>
/// <param name="Value">f(x), at the input.</param>
/// <param name="ReferenceValue">f(x₀), at the baseline of integrated gradients or the root of a Taylor decomposition.</param>
/// <param name="RelevanceSum">ΣR.</param>
public sealed record Completeness(double Value, double ReferenceValue, double RelevanceSum)
{
    /// <summary>ΣR − (f(x) − f(x₀)): the error of the quadrature, or the higher-order terms that a Taylor decomposition leaves out.</summary>
    public double Error => RelevanceSum - (Value - ReferenceValue);
}
