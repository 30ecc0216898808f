using LrpGen.Rules;

namespace LrpGen.Benchmarks.Networks;

/// <summary>ε for every layer with weights.</summary>
[Epsilon(1e-6)]
public readonly struct EpsilonEverywhere : IComposite;
