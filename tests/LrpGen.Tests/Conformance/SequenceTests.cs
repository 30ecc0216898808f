using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Networks of layers beyond the convolutional ones against relevances computed in float64: the input's, every kept layer's, and the outputs.
/// </summary>
public sealed class SequenceTests
{
    /// <summary>Of the interpreter, which computes in float64 as well: the files have float32.</summary>
    private const double OfInterpreter = 1e-7;

    private static readonly NetworkLibrary Library = new(SequenceCase.All.Values.Select(network => network.Declaration));

    private static readonly NetworkLibrary Varying = new(VaryingCase.All.Values.Select(network => network.Declaration));

    public static TheoryData<string, string, EngineKind> NetworksKeysAndEngines() => DataFor(SequenceCase.All, Enum.GetValues<EngineKind>());

    /// <summary>What calls choose the length of is looped in every engine.</summary>
    public static TheoryData<string, string, EngineKind> VaryingKeysAndEngines() =>
        DataFor(VaryingCase.All, EngineKind.Interpreter, EngineKind.Generated);

    public static TheoryData<string, string, EngineKind> NetworksKeysAndGeneratedEngines() =>
        DataFor(SequenceCase.All, EngineKind.Looped, EngineKind.Generated, EngineKind.Unrolled);

    [Theory]
    [MemberData(nameof(NetworksKeysAndEngines))]
    public void RelevancesAgree(string name, string key, EngineKind engine) => Check(SequenceCase.All[name], key, engine, Library);

    [Theory]
    [MemberData(nameof(VaryingKeysAndEngines))]
    public void RelevancesOfAnyLengthAgree(string name, string key, EngineKind engine) => Check(VaryingCase.All[name], key, engine, Varying);

    [Theory]
    [MemberData(nameof(NetworksKeysAndGeneratedEngines))]
    public void BatchesGiveTheBitsThatSinglesGive(string name, string key, EngineKind engine)
    {
        SequenceCase expected = SequenceCase.All[name];
        using TensorFile weights = expected.OpenWeights();
        INetwork network = Library.LoadGenerated(engine, expected.ClassName, weights);
        float[] both = new float[2 * network.InputSize];
        network.ExplainBatch(key, (float[])[.. expected.Input(0), .. expected.Input(1)], expected.Targets.ToArray(), both);
        Assert.Equal([.. Explain(0), .. Explain(1)], both);

        float[] Explain(int sample)
        {
            float[] relevance = new float[network.InputSize];
            network.Explain(key, expected.Input(sample), expected.Targets[sample], relevance);
            return relevance;
        }
    }

    private static void Check(SequenceCase expected, string key, EngineKind engine, NetworkLibrary library)
    {
        using TensorFile weights = expected.OpenWeights();
        double tolerance = engine == EngineKind.Interpreter ? OfInterpreter : expected.Tolerance(key);
        IEngineNetwork network = library.Load(engine, expected.ClassName, weights);
        for (int sample = 0; sample < expected.Targets.Count; sample++)
        {
            Run run = expected.Check(key, sample, network, tolerance);

            // A row adds up but for roundings of what goes through its layer.
            foreach (LedgerRow row in run.Ledger)
            {
                double magnitude = (row.Layer == "input" ? run.Relevance : run.Layers[row.Layer].Relevance).Sum(Math.Abs);
                double messages = Math.Abs(row.Bias) + Math.Abs(row.Input) + Math.Abs(row.Stabilizer) + Math.Abs(row.Dropped) + magnitude;
                Numbers.AssertWithin([0], [row.Residual], 1e-6 * messages, $"{row.Layer}, residual");
            }
        }
    }

    private static TheoryData<string, string, EngineKind> DataFor(
        IReadOnlyDictionary<string, SequenceCase> networks, params EngineKind[] engines)
    {
        TheoryData<string, string, EngineKind> data = [];
        foreach ((string name, SequenceCase network) in networks)
        {
            foreach (string key in network.Explanations.Keys)
            {
                Array.ForEach(engines, engine => data.Add(name, key, engine));
            }
        }

        return data;
    }
}
