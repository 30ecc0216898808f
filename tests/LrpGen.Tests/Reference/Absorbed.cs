namespace LrpGen.Tests.Reference;

/// <summary>What a layer absorbs of the relevance of its outputs: the entries of the ledger, by their definitions.</summary>
internal readonly record struct Absorbed(double Bias, double Stabilizer, double Dropped)
{
    /// <summary>Σ |R_j| + Σ |messages|, of which rounding is a small part. Where denominators are near 0 it is far more than Σ R.</summary>
    public double Magnitude { get; init; }

    public static Absorbed operator +(Absorbed x, Absorbed y) =>
        new(x.Bias + y.Bias, x.Stabilizer + y.Stabilizer, x.Dropped + y.Dropped) { Magnitude = x.Magnitude + y.Magnitude };
}
