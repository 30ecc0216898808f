using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>A network run by generated code.</summary>
/// <param name="network">A network of values, or of tokens, whose ids are given as numbers.</param>
internal sealed class GeneratedNetwork(object network, Declaration declaration) : IEngineNetwork
{
    public Run Explain(string explanation, float[] input, int target) => network is ITokenNetwork ofTokens
        ? Explain(ofTokens, explanation, ToIds(input), target)
        : Explain((INetwork)network, explanation, input, target);

    public double[] Explain(string explanation, float[] input, float[] outputRelevance)
    {
        float[] relevance = new float[input.Length];
        if (network is ITokenNetwork ofTokens)
        {
            ofTokens.Explain(explanation, ToIds(input), outputRelevance, relevance);
        }
        else
        {
            ((INetwork)network).Explain(explanation, input, outputRelevance, relevance);
        }

        return relevance.ToDoubles();
    }

    /// <summary>Ids as the interpreter has them.</summary>
    public static int[] ToIds(float[] input) => Array.ConvertAll(input, id => (int)id);

    private Run Explain<TInput>(INetworkOf<TInput> network, string explanation, TInput[] input, int target)
        where TInput : unmanaged
    {
        float[] output = new float[declaration.Network.OfInputs(input.Length).Outputs()[^1].Size];
        network.Forward(input, output);
        float[] relevance = new float[input.Length];
        ExplanationSpec spec = declaration.Explanations.Single(candidate => candidate.Name == explanation);
        Explanation trace;
        if (spec.Mask is null)
        {
            network.Explain(explanation, input, target, relevance);
            trace = network.Trace(explanation, input, target);
        }
        else
        {
            MaskedCalls<TInput> masked = new(network, explanation);
            masked.Explain(input, target, spec.Channels.ToArray(), relevance);
            trace = masked.Trace(input, target, spec.Channels.ToArray());
        }

        var layers = trace.Layers.ToDictionary(
            layer => layer.Name, layer => (layer.Activation.Span.ToDoubles(), layer.Relevance.Span.ToDoubles()));
        return new(output.ToDoubles(), relevance.ToDoubles(), layers, trace.Ledger?.Rows ?? []);
    }
}
