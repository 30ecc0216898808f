using System.Collections.Concurrent;
using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>Networks of layers beyond the convolutional ones against relevances computed in float64: the input's, every kept layer's, and the outputs.</summary>
public sealed class SequenceTests
{
    private static readonly string[] Budgets = ["0", "512", "unlimited"];

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = [];

    public static TheoryData<string, string, string> NetworksKeysAndBudgets()
    {
        TheoryData<string, string, string> data = [];
        foreach ((string name, SequenceCase network) in SequenceCase.All)
        {
            foreach (string key in network.Keys)
            {
                foreach (string budget in Budgets)
                {
                    data.Add(name, key, budget);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NetworksKeysAndBudgets))]
    public void RelevancesAgree(string name, string key, string budget)
    {
        SequenceCase expected = SequenceCase.All[name];
        Check(expected, key, Load(expected, budget));
    }

    /// <summary>The same bits for any number of threads, and for a batch.</summary>
    [Theory]
    [MemberData(nameof(NetworksKeysAndBudgets))]
    public void ThreadsAndBatchesGiveTheSameBits(string name, string key, string budget)
    {
        SequenceCase expected = SequenceCase.All[name];
        INetwork network = Load(expected, budget);
        float[] alone = Explain(network, 0);
        Assert.Equal(alone, Explain(network.WithThreads(3), 0));
        float[] both = new float[2 * network.InputSize];
        network.ExplainBatch(key, (float[])[.. expected.Input(0), .. expected.Input(1)], expected.Targets.ToArray(), both);
        Assert.Equal([.. alone, .. Explain(network, 1)], both);

        float[] Explain(INetwork explaining, int sample)
        {
            float[] relevance = new float[explaining.InputSize];
            explaining.Explain(key, expected.Input(sample), expected.Targets[sample], relevance);
            return relevance;
        }
    }

    internal static void Check(SequenceCase expected, string key, INetwork network)
    {
        for (int sample = 0; sample < expected.Targets.Count; sample++)
        {
            float[] output = new float[network.OutputSize];
            float[] relevance = new float[network.InputSize];
            network.Forward(expected.Input(sample), output);
            network.Explain(key, expected.Input(sample), expected.Targets[sample], relevance);
            Explanation trace = network.Trace(key, expected.Input(sample), expected.Targets[sample]);
            double tolerance = expected.Tolerance(key);
            Numbers.AssertClose(expected.Output(sample).ToDoubles(), output.ToDoubles(), 1e-5, "outputs");
            Numbers.AssertClose(expected.Relevance(key, sample).ToDoubles(), relevance.ToDoubles(), tolerance, "input");
            foreach ((string layer, float[] kept) in expected.KeptLayers(key, sample))
            {
                Numbers.AssertClose(kept.ToDoubles(), trace[layer].Relevance.Span.ToDoubles(), tolerance, layer);
            }

            // A row adds up but for roundings of what goes through its layer.
            foreach (LedgerRow row in trace.Ledger!.Rows)
            {
                double magnitude = row.Layer == "input" ? relevance.Sum(Math.Abs) : trace[row.Layer].Relevance.Span.ToDoubles().Sum(Math.Abs);
                double messages = Math.Abs(row.Bias) + Math.Abs(row.Input) + Math.Abs(row.Stabilizer) + Math.Abs(row.Dropped) + (100 * magnitude);
                Numbers.AssertWithin([0], [row.Residual], 1e-5 * messages, $"{row.Layer}, residual");
            }
        }
    }

    private static INetwork Load(SequenceCase expected, string budget)
    {
        Assembly assembly = Assemblies.GetOrAdd(
            budget, budget => new(() => Compiler.Load(budget, SequenceCase.All.Values.Select(network => network.Source)))).Value;
        using TensorFile weights = expected.OpenWeights();
        return NetworkLibrary.Load(assembly, expected.ClassName, weights);
    }
}
