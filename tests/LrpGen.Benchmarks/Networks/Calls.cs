namespace LrpGen.Benchmarks.Networks;

/// <summary>A generated <c>Forward</c>.</summary>
internal delegate void Predict(ReadOnlySpan<float> input, Span<float> output);

/// <summary>A generated <c>Explain…</c>.</summary>
internal delegate void Explain(ReadOnlySpan<float> input, int target, Span<float> relevance);

/// <summary>The generated methods of a network, as a user calls them.</summary>
internal sealed record Calls(Predict Forward, Explain Epsilon, Explain EpsilonPlusFlat, Explain EpsilonGammaBox)
{
    /// <summary>The method of an explanation.</summary>
    public Explain Of(Item item) => item switch
    {
        Item.E => Epsilon,
        Item.C => EpsilonPlusFlat,
        Item.G => EpsilonGammaBox,
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, "No explanation."),
    };

    /// <summary>The name of an explanation.</summary>
    public static string NameOf(Item item) => item switch
    {
        Item.E => nameof(EpsilonEverywhere),
        Item.C => nameof(LrpGen.EpsilonPlusFlat),
        Item.G => nameof(LrpGen.EpsilonGammaBox),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item, "No explanation."),
    };
}
