namespace LrpGen.Tests.Engine;

/// <summary>A network with weights that some engine runs.</summary>
internal interface IEngineNetwork
{
    /// <summary>Explains one output, through the channels that the explanation chooses if it has a mask.</summary>
    Run Explain(string explanation, float[] input, int target);

    /// <summary>Explains from a given relevance of the outputs.</summary>
    /// <returns>Relevance of the input.</returns>
    double[] Explain(string explanation, float[] input, float[] outputRelevance);
}

/// <summary>An explanation with what went through every layer, by its name.</summary>
/// <param name="Output">The network's outputs.</param>
/// <param name="Relevance">Relevance of the input.</param>
/// <param name="Layers">Activation and relevance at a layer's output.</param>
/// <param name="Ledger">Where the relevance went.</param>
internal sealed record Run(
    double[] Output,
    double[] Relevance,
    IReadOnlyDictionary<string, (double[] Activation, double[] Relevance)> Layers,
    IReadOnlyList<LedgerRow> Ledger)
{
    /// <summary>For each row of the ledger, Σ |R_j| + Σ |messages|; only the interpreter knows it.</summary>
    public IReadOnlyList<double> Magnitudes { get; init; } = [];
}
