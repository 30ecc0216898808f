using CsCheck;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>
/// Bach's first constraint: without biases, and as ε goes to 0, the sum of relevance is the same wherever all data pass through one layer,
/// and equals f(x); the ledger has nothing but input and output.
/// </summary>
public sealed class ConservationTests
{
    private const int Networks = 12;

    private static readonly ExplanationSpec[] Explanations =
    [
        new("Epsilon", new("Epsilon", 1e-9), new("Norm") { Stabilizer = 1e-9 }),
        new("Gamma", new("Gamma", 0.25) { Stabilizer = 1e-9 }, new("Norm") { Stabilizer = 1e-9 }),
    ];

    private static readonly Gen<RandomCase> Conserving =
        Gen.Select(new RandomNetworks(conserving: true).Networks, Gen.Int).Select((network, seed) => new RandomCase(network, Explanations, seed));

    [Fact]
    public void SumsOfRelevanceAreTheOutput() =>
        Conserving.Array[Networks].Sample(Check, seed: RandomNetworkTests.FirstSeed, iter: 1, threads: 1, print: _ => $"{Networks} networks");

    private static void Check(RandomCase[] cases)
    {
        NetworkLibrary library = new(cases.Select((given, index) => given.Declare(index)));
        foreach ((int index, RandomCase given) in cases.Index())
        {
            Declaration declaration = given.Declare(index);
            IEngineNetwork network = library.Load(EngineKind.Generated, declaration.Name, given.Network.ToTensors(given.Weights()));
            foreach (ExplanationSpec explanation in Explanations)
            {
                AssertConserved(network.Explain(explanation.Name, given.Input(), given.Target), given.Target, declaration);
            }
        }
    }

    /// <summary>Relevances of either sign can be far larger than their sum, so rounding is relative to the sum of their magnitudes.</summary>
    private static void AssertConserved(Run run, int target, Declaration declaration)
    {
        double output = run.Output[target];
        (string Place, double[] Relevance)[] places =
            [.. NamesOfPassages(declaration.Network).Select(layer => (layer, run.Layers[layer].Relevance)), ("input", run.Relevance)];
        double rounding = 1e-5 * places.Max(place => place.Relevance.Sum(Math.Abs));
        foreach ((string place, double[] relevance) in places)
        {
            double sum = relevance.Sum();
            Assert.True(Math.Abs(sum - output) <= rounding, $"Σ R at {place} is {sum} instead of {output}.\n{declaration.Source}");
        }

        Assert.All(run.Ledger, row =>
            Numbers.AssertWithin([row.Output, 0, 0, 0], [row.Input, row.Bias, row.Stabilizer, row.Dropped], rounding, row.Layer));
    }

    /// <summary>The layers through which all data pass: those behind them read nothing from before them.</summary>
    private static IEnumerable<string> NamesOfPassages(NetworkSpec network) =>
        from layer in Enumerable.Range(0, network.Layers.Count)
        where Enumerable.Range(layer + 1, network.Layers.Count - layer - 1).All(later => network.InputsOf(later).All(input => input >= layer))
        select network.Layers[layer].Name;
}
