using CsCheck;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Bach's first constraint: without biases, and as ε goes to 0, the sum of relevance is the same at every layer and equals f(x).</summary>
public sealed class ConservationTests
{
    private const int Networks = 12;

    private static readonly Gen<RandomCase> Conserving =
        from network in new RandomNetworks(conserving: true).Networks
        from seed in Gen.Int
        select new RandomCase(network, [new("Epsilon", new RuleSpec("Epsilon", 1e-9)), new("Gamma", new RuleSpec("Gamma", 0.25) { Stabilizer = 1e-9 })], seed);

    [Fact]
    public void SumsOfRelevanceAreTheOutput() => Conserving.Array[Networks].Sample(
        cases =>
        {
            Declaration[] declarations = [.. cases.Select((given, index) => new Declaration($"Net{index}", given.Network, given.Explanations))];
            NetworkLibrary library = new(declarations);
            foreach ((Declaration declaration, RandomCase given) in declarations.Zip(cases))
            {
                IEngineNetwork network = library.Load(EngineKind.Generated, declaration.Name, given.Network.ToTensors(given.Weights()));
                foreach (ExplanationSpec explanation in given.Explanations)
                {
                    AssertConserved(network.Explain(explanation.Name, given.Input(), given.Target), given.Target, declaration);
                }
            }
        },
        seed: "0000000000000",
        iter: 1,
        threads: 1,
        print: _ => $"{Networks} networks");

    /// <summary>Relevances of either sign can be far larger than their sum, so rounding is relative to the sum of their magnitudes.</summary>
    private static void AssertConserved(Run run, int target, Declaration declaration)
    {
        double output = run.Output[target];
        double rounding = 1e-5 * run.Layers.Values.Select(layer => layer.Relevance).Append(run.Relevance).Max(relevance => relevance.Sum(Math.Abs));
        foreach ((string layer, double[] relevance) in run.Layers.Select(layer => (layer.Key, layer.Value.Relevance)).Append(("input", run.Relevance)))
        {
            Assert.True(Math.Abs(relevance.Sum() - output) <= rounding, $"Σ R at {layer} is {relevance.Sum()} instead of {output}.\n{declaration.Source}");
        }
    }
}
