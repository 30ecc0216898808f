using System.Reflection;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Without any one of what the planner does beyond the textbook's program, and without all of it, results are right all the same.</summary>
public sealed class OptimizationTests
{
    private const Optimizations All = (Optimizations)1023;

    public static TheoryData<string> Left => [.. Enum.GetNames<Optimizations>().Where(name => name != "None"), nameof(All)];

    [Fact]
    public void AllOfThemAreTested() => Assert.Equal(All, Enum.GetValues<Optimizations>().Aggregate((all, one) => all | one));

    [Theory]
    [MemberData(nameof(Left))]
    public void ResultsAreRightWithout(string left)
    {
        Optimizations without = left == nameof(All) ? All : Enum.Parse<Optimizations>(left);
        Assembly assembly = Compiler.LoadWithout(
            without, [.. ConformanceCase.All.Values.Select(network => network.Declaration.Source), .. SequenceCase.All.Values.Select(network => network.Source)]);
        foreach (ConformanceCase expected in ConformanceCase.All.Values)
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
                    Numbers.AssertClose(relevance.ToDoubles(), run.Layers[layer].Relevance, expected.Tolerance(key), $"{expected.Name}, {key}, {layer}");
                }
            }
        }

        foreach (SequenceCase expected in SequenceCase.All.Values)
        {
            using TensorFile weights = expected.OpenWeights();
            INetwork network = NetworkLibrary.Load(assembly, expected.ClassName, weights);
            Assert.All(expected.Keys, key => SequenceTests.Check(expected, key, network));
        }
    }
}
