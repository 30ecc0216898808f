namespace LrpGen.Generator.Parsing;

/// <summary>How large a network may be, so that every size and index of the generated code fits in an <see cref="int"/>.</summary>
internal static class Limits
{
    /// <summary>Values of the input and all layers' outputs, padding included: 2 GiB; leaves room for relevances and scratch.</summary>
    public const int Activations = 1 << 29;

    /// <summary>Weights of one layer: the length of an array.</summary>
    public const int Weights = int.MaxValue;

    /// <summary>A product that may be far beyond a <see cref="long"/>; exact up to 2⁵³.</summary>
    public static double Product(params long[] factors) => factors.Aggregate(1.0, (product, factor) => product * factor);
}
