using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>The ways to run a network.</summary>
public enum EngineKind
{
    /// <summary>The interpreter in float64.</summary>
    Interpreter,

    /// <summary>Generated code in loops only.</summary>
    Looped,

    /// <summary>Generated code as users get it.</summary>
    Generated,

    /// <summary>Generated code that is unrolled wherever it can be.</summary>
    Unrolled,
}

/// <summary>A network with weights that some engine runs.</summary>
internal interface IEngineNetwork
{
    /// <summary>Explains one output.</summary>
    Run Explain(string explanation, float[] input, int target);

    /// <summary>Explains from a given relevance of the outputs.</summary>
    /// <returns>Relevance of the input.</returns>
    double[] Explain(string explanation, float[] input, float[] outputRelevance);
}

/// <summary>An explanation with what went through every layer, by its name.</summary>
/// <param name="Output">The network's outputs.</param>
/// <param name="Relevance">Relevance of the input.</param>
/// <param name="Layers">Activation and relevance at a layer's output.</param>
internal sealed record Run(double[] Output, double[] Relevance, IReadOnlyDictionary<string, (double[] Activation, double[] Relevance)> Layers);

/// <summary>A network run by the interpreter.</summary>
/// <param name="noise">As of the interpreter.</param>
internal sealed class InterpretedNetwork(
    Declaration declaration, IReadOnlyDictionary<string, double[]> weights, Func<double, double>? noise = null) : IEngineNetwork
{
    private readonly Interpreter interpreter = new(declaration.Network, weights, noise);

    public Run Explain(string explanation, float[] input, int target) => Explain(explanation, input.ToDoubles(), target);

    /// <inheritdoc cref="Explain(string, float[], int)"/>
    public Run Explain(string explanation, double[] input, int target)
    {
        ReferenceTrace trace = interpreter.Explain(Find(explanation), input, target);
        return new(trace.Activations[^1], trace.InputRelevance, declaration.Network.Layers.Index().ToDictionary(
            layer => layer.Item.Name, layer => (trace.Activations[layer.Index], trace.Relevances[layer.Index])));
    }

    public double[] Explain(string explanation, float[] input, float[] outputRelevance) =>
        interpreter.Explain(Find(explanation), input.ToDoubles(), outputRelevance.ToDoubles()).InputRelevance;

    private ExplanationSpec Find(string name) => declaration.Explanations.Single(explanation => explanation.Name == name);
}

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
        return new(output.ToDoubles(), relevance.ToDoubles(), trace.Layers.ToDictionary(
            layer => layer.Name, layer => (layer.Activation.Span.ToDoubles(), layer.Relevance.Span.ToDoubles())));
    }

    public double[] Explain(string explanation, float[] input, float[] outputRelevance)
    {
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation, input, outputRelevance, relevance);
        return relevance.ToDoubles();
    }
}
