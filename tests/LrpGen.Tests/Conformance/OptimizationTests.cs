using System.Reflection;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Without any one of what the planner does beyond the textbook's program, and without all of it, results are right all the same. Each time a
/// fifth of the networks is tried, by turns, because compiling takes long; all with LRPGEN_ALL_NETWORKS=1.
/// </summary>
public sealed class OptimizationTests
{
    private const int Turns = 5;

    private static readonly Optimizations[] Each = [.. Enum.GetValues<Optimizations>().Where(one => one != Optimizations.None)];

    private static readonly Optimizations All = Each.Aggregate((all, one) => all | one);

    private static readonly bool TriesAll = Environment.GetEnvironmentVariable("LRPGEN_ALL_NETWORKS") == "1";

    public static TheoryData<string> Left => [.. Each.Select(one => one.ToString()), nameof(All)];

    [Theory]
    [MemberData(nameof(Left))]
    public void ResultsAreRightWithout(string left)
    {
        Optimizations without = left == nameof(All) ? All : Enum.Parse<Optimizations>(left);
        int turn = Array.IndexOf(Each, without) + 1;
        ConformanceCase[] convolutional = [.. InTurn(ConformanceCase.All.Values.OrderBy(network => network.Name, StringComparer.Ordinal), turn)];
        SequenceCase[] others = [.. InTurn(SequenceCase.All.Values.OrderBy(network => network.ClassName, StringComparer.Ordinal), turn)];
        Assembly assembly = Compiler.LoadWithout(
            without, [.. convolutional.Select(network => network.Declaration.Source), .. others.Select(network => network.Declaration.Source)]);
        foreach (ConformanceCase expected in convolutional)
        {
            using TensorFile weights = expected.OpenWeights();
            GeneratedNetwork network = new(NetworkLibrary.Load(assembly, expected.ClassName, weights), expected.Declaration);
            foreach ((string key, ExplanationSpec explanation) in expected.Explanations)
            {
                Run run = network.Explain(explanation.Name, expected.Input(0), expected.Targets[0]);
                Numbers.AssertClose(expected.Output(0).ToDoubles(), run.Output, 1e-5, $"{expected.Name}, logits");
                Numbers.AssertClose(expected.Relevance(key, 0).ToDoubles(), run.Relevance, expected.Tolerance(key), $"{expected.Name}, {key}, input");
                foreach ((string layer, float[] relevance) in expected.KeptLayers(key, 0))
                {
                    Numbers.AssertClose(
                        relevance.ToDoubles(), run.Layers[layer].Relevance, expected.Tolerance(key), $"{expected.Name}, {key}, {layer}");
                }
            }
        }

        foreach (SequenceCase expected in others)
        {
            using TensorFile weights = expected.OpenWeights();
            GeneratedNetwork network = new(NetworkLibrary.Load(assembly, expected.ClassName, weights), expected.Declaration);
            Assert.All(expected.Explanations.Keys, key => SequenceTests.Check(expected, key, network, expected.Tolerance(key)));
        }
    }

    private static IEnumerable<T> InTurn<T>(IEnumerable<T> networks, int turn) =>
        networks.Where((_, index) => TriesAll || index % Turns == turn % Turns);
}
