using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Whole networks against Zennit's relevances: the input's, every kept layer's, and the logits. Their ledgers, which Zennit has not, against
/// the interpreter's.
/// </summary>
public sealed class ConformanceTests
{
    /// <summary>What a row of a ledger may leave over of all messages through its layer: some roundings of float32.</summary>
    private const double LedgerRounding = 1.0 / (1 << 21);

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
        using TensorFile weights = expected.OpenWeights();
        IEngineNetwork network = Library.Load(engine, expected.ClassName, weights);
        for (int sample = 0; sample < expected.Targets.Count; sample++)
        {
            expected.Check(key, sample, network, expected.Tolerance(key));
        }
    }

    public static TheoryData<string> Networks() => [.. ConformanceCase.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void LedgersCloseAndAgree(string name)
    {
        ConformanceCase given = ConformanceCase.All[name];
        using TensorFile weights = given.OpenWeights();
        IEngineNetwork[] networks = [.. Enum.GetValues<EngineKind>().Select(engine => Library.Load(engine, given.ClassName, weights))];
        foreach ((string key, ExplanationSpec explanation) in given.Explanations)
        {
            Run[] runs = [.. networks.Select(network => network.Explain(explanation.Name, given.Input(0), given.Targets[0]))];
            (IReadOnlyList<LedgerRow> expected, IReadOnlyList<double> magnitudes) = (runs[0].Ledger, runs[0].Magnitudes);
            foreach (IReadOnlyList<LedgerRow> rows in runs.Select(run => run.Ledger))
            {
                for (int k = 0; k < magnitudes.Count; k++)
                {
                    string place = $"{key}, ledger of layer {expected[k].Layer}";
                    Numbers.AssertWithin(expected[k].Entries(), rows[k].Entries(), given.Tolerance(key) * magnitudes[k], place);
                    Numbers.AssertWithin([0], [rows[k].Residual], LedgerRounding * magnitudes[k], $"{place}, residual");
                }
            }
        }
    }
}
