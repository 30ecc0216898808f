using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Whole networks against Zennit's relevances: the input's, every kept layer's, and the logits.</summary>
public sealed class ConformanceTests
{
    private static readonly NetworkLibrary Library = new(ConformanceCase.All.Values.Select(network => network.Declaration));

    public static TheoryData<string, string, EngineKind> NetworksKeysAndEngines()
    {
        TheoryData<string, string, EngineKind> data = [];
        foreach (ConformanceCase network in ConformanceCase.All.Values)
        {
            foreach (string key in network.Explanations.Keys)
            {
                foreach (EngineKind engine in Enum.GetValues<EngineKind>())
                {
                    data.Add(network.Name, key, engine);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NetworksKeysAndEngines))]
    public void RelevancesAgree(string name, string key, EngineKind engine)
    {
        ConformanceCase expected = ConformanceCase.All[name];
        ExplanationSpec explanation = expected.Explanations[key];
        using TensorFile weights = expected.OpenWeights();
        IEngineNetwork network = Library.Load(engine, expected.ClassName, weights);
        for (int sample = 0; sample < expected.Targets.Count; sample++)
        {
            Run run = network.Explain(explanation.Name, expected.Input(sample), expected.Targets[sample]);
            Numbers.AssertClose(expected.Output(sample).ToDoubles(), run.Output, 1e-5, "logits");
            Numbers.AssertClose(expected.Relevance(key, sample).ToDoubles(), run.Relevance, expected.Tolerance(key), "input");
            foreach ((string layer, float[] relevance) in expected.KeptLayers(key, sample))
            {
                Numbers.AssertClose(relevance.ToDoubles(), run.Layers[layer].Relevance, expected.Tolerance(key), layer);
            }
        }
    }
}
