namespace LrpGen.Benchmarks.Networks;

/// <summary>What is measured of a network.</summary>
internal enum Item
{
    /// <summary>The forward pass.</summary>
    F,

    /// <summary>A prediction and its explanation by <see cref="EpsilonEverywhere"/>; of sequences by <see cref="CPLRP"/>.</summary>
    E,

    /// <summary>A prediction and its explanation by <see cref="EpsilonPlusFlat"/>.</summary>
    C,

    /// <summary>A prediction and its explanation by <see cref="EpsilonGammaBox"/>.</summary>
    G,

    /// <summary>A prediction and its explanation by <see cref="AttnLRP"/>, of sequences.</summary>
    A,
}
