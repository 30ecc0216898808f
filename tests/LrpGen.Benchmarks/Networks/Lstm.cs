namespace LrpGen.Benchmarks.Networks;

/// <summary>Two layers of LSTM over a series of 100 rows, and a linear layer of the last state.</summary>
[Network(100, 32)]
[LSTM(128, Layers = 2, Name = "lstm"), Select(-1), Linear(10, Name = "fc")]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class Lstm;
