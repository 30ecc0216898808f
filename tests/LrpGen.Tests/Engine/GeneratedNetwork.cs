namespace LrpGen.Tests.Engine;

/// <summary>A network run by generated code.</summary>
internal sealed class GeneratedNetwork(INetwork network) : IEngineNetwork
{
    public Run Explain(string explanation, float[] input, int target)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation, input, target, relevance);
        Explanation trace = network.Trace(explanation, input, target);
        var layers = trace.Layers.ToDictionary(
            layer => layer.Name, layer => (layer.Activation.Span.ToDoubles(), layer.Relevance.Span.ToDoubles()));
        return new(output.ToDoubles(), relevance.ToDoubles(), layers, trace.Ledger.Rows);
    }

    public double[] Explain(string explanation, float[] input, float[] outputRelevance)
    {
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation, input, outputRelevance, relevance);
        return relevance.ToDoubles();
    }
}
