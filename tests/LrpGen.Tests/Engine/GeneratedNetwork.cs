using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>A network run by generated code.</summary>
internal sealed class GeneratedNetwork(INetwork network, Declaration declaration) : IEngineNetwork
{
    public Run Explain(string explanation, float[] input, int target)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        float[] relevance = new float[network.InputSize];
        ExplanationSpec spec = declaration.Explanations.Single(candidate => candidate.Name == explanation);
        Explanation trace;
        if (spec.Mask is null)
        {
            network.Explain(explanation, input, target, relevance);
            trace = network.Trace(explanation, input, target);
        }
        else
        {
            MaskedCalls masked = new(network, explanation);
            masked.Explain(input, target, spec.Channels.ToArray(), relevance);
            trace = masked.Trace(input, target, spec.Channels.ToArray());
        }

        var layers = trace.Layers.ToDictionary(
            layer => layer.Name, layer => (layer.Activation.Span.ToDoubles(), layer.Relevance.Span.ToDoubles()));
        return new(output.ToDoubles(), relevance.ToDoubles(), layers, trace.Ledger?.Rows ?? []);
    }

    public double[] Explain(string explanation, float[] input, float[] outputRelevance)
    {
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation, input, outputRelevance, relevance);
        return relevance.ToDoubles();
    }
}
