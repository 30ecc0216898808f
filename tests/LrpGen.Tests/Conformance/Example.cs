using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network small enough to be explained by hand, and what comes out.</summary>
/// <param name="Network">The network.</param>
/// <param name="Explanation">Rules of its layers.</param>
/// <param name="Weights">All weights by name.</param>
/// <param name="Input">Its input.</param>
/// <param name="Relevance">Expected relevance of the input.</param>
internal sealed record Example(
    NetworkSpec Network, ExplanationSpec Explanation, Dictionary<string, float[]> Weights, float[] Input, double[] Relevance)
{
    /// <summary>The explained output, unless relevance is given.</summary>
    public int Target { get; init; }

    /// <summary>Relevance to start from.</summary>
    public float[]? OutputRelevance { get; init; }

    /// <summary>Expected outputs, if they are known.</summary>
    public double[]? Output { get; init; }

    /// <summary>Expected relevances at outputs of layers, by their names.</summary>
    public Dictionary<string, double[]> Layers { get; init; } = [];

    /// <summary>Expected ledger, if it is known: what is absorbed in each row.</summary>
    public Dictionary<string, Absorbed> Ledger { get; init; } = [];

    /// <summary>Asserts that a network says what is expected.</summary>
    public void Check(IEngineNetwork network, double tolerance)
    {
        if (OutputRelevance is not null)
        {
            Numbers.AssertClose(Relevance, network.Explain(Explanation.Name, Input, OutputRelevance), tolerance, "input");
            return;
        }

        Run run = network.Explain(Explanation.Name, Input, Target);
        Numbers.AssertClose(Output ?? run.Output, run.Output, tolerance, "output");
        Numbers.AssertClose(Relevance, run.Relevance, tolerance, "input");
        foreach ((string layer, double[] relevance) in Layers)
        {
            Numbers.AssertClose(relevance, run.Layers[layer].Relevance, tolerance, layer);
        }

        foreach ((string layer, Absorbed absorbed) in Ledger)
        {
            LedgerRow row = run.Ledger.Single(row => row.Layer == layer);
            double[] expected = [absorbed.Bias, absorbed.Stabilizer, absorbed.Dropped, 0];
            double[] actual = [row.Bias, row.Stabilizer, row.Dropped, row.Residual];
            Numbers.AssertWithin(expected, actual, tolerance * Math.Abs(row.Output), $"ledger, {layer}");
        }
    }
}

/// <summary>Examples by name, for every engine.</summary>
internal sealed class ExampleSet(Dictionary<string, Example> examples, double tolerance)
{
    private readonly NetworkLibrary library =
        new(examples.Select(example => new Declaration(example.Key, example.Value.Network, example.Value.Explanation)));

    public TheoryData<string, EngineKind> NamesAndEngines()
    {
        TheoryData<string, EngineKind> data = [];
        foreach (string name in examples.Keys)
        {
            foreach (EngineKind engine in Enum.GetValues<EngineKind>())
            {
                data.Add(name, engine);
            }
        }

        return data;
    }

    public void Check(string name, EngineKind engine)
    {
        Example example = examples[name];
        example.Check(library.Load(engine, name, example.Network.ToTensors(example.Weights)), tolerance);
    }
}
