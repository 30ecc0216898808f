using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>A network run by the interpreter.</summary>
/// <param name="noise">As of the interpreter.</param>
internal sealed class InterpretedNetwork(
    Declaration declaration, IReadOnlyDictionary<string, double[]> weights, Func<double, double>? noise = null) : IEngineNetwork
{
    public Run Explain(string explanation, float[] input, int target) => Explain(explanation, input.ToDoubles(), target);

    /// <inheritdoc cref="Explain(string, float[], int)"/>
    public Run Explain(string explanation, double[] input, int target)
    {
        ReferenceTrace trace = For(input.Length).Explain(Find(explanation), input, target);
        var layers = declaration.Network.Layers.Index().ToDictionary(
            layer => layer.Item.Name, layer => (trace.Activations[layer.Index], trace.Relevances[layer.Index]));
        return new(trace.Activations[^1], trace.InputRelevance, layers, [.. trace.Ledger.Select(line => line.Row)])
        {
            Magnitudes = [.. trace.Ledger.Select(line => line.Magnitude)],
        };
    }

    public double[] Explain(string explanation, float[] input, float[] outputRelevance) =>
        For(input.Length).Explain(Find(explanation), input.ToDoubles(), outputRelevance.ToDoubles()).InputRelevance;

    private Interpreter For(int inputs) => new(declaration.Network.OfInputs(inputs), weights, noise);

    private ExplanationSpec Find(string name) => declaration.Explanations.Single(explanation => explanation.Name == name);
}
