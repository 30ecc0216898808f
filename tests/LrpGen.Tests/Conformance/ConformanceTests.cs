using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Whole networks against Zennit's relevances: the input's, every kept layer's, and the logits.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string, string> NetworksAndKeys()
    {
        TheoryData<string, string> data = [];
        foreach (ConformanceCase network in ConformanceCase.All.Values)
        {
            foreach (string key in network.Explanations.Keys)
            {
                data.Add(network.Name, key);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NetworksAndKeys))]
    public void Interpreter(string name, string key)
    {
        ConformanceCase network = ConformanceCase.All[name];
        Interpreter interpreter = new(network.Network, network.Weights.ToDictionary(weight => weight.Key, weight => ToDouble(weight.Value)));
        for (int sample = 0; sample < network.Targets.Count; sample++)
        {
            ReferenceTrace trace = interpreter.Explain(network.Explanations[key], ToDouble(network.Input(sample)), network.Targets[sample]);
            AssertClose(network.Output(sample), trace.Activations[^1], 1e-5, "logits");
            AssertClose(network.Relevance(key, sample), trace.InputRelevance, network.Tolerance(key), "input");
            foreach ((string layer, float[] expected) in network.KeptLayers(key, sample))
            {
                int index = network.Network.Layers.ToList().FindIndex(candidate => candidate.Name == layer);
                AssertClose(expected, trace.Relevances[index], network.Tolerance(key), layer);
            }
        }
    }

    private static double[] ToDouble(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];

    private static void AssertClose(ReadOnlySpan<float> expected, IReadOnlyList<double> actual, double tolerance, string place)
    {
        Assert.Equal(expected.Length, actual.Count);
        double largest = expected.ToArray().Max(MathF.Abs);
        double error = expected.ToArray().Zip(actual, (e, a) => Math.Abs(e - a)).Max() / largest;
        Assert.True(error <= tolerance, $"{place}: max |R − R64| / max |R64| is {error:g3}, above {tolerance:g3}.");
    }
}
