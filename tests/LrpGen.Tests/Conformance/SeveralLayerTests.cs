using LrpGen.Tests.Engine;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Networks whose point is what layers are next to each other: generated code against the interpreter.</summary>
public sealed class SeveralLayerTests
{
    private static readonly Dictionary<string, RandomCase> Cases = new()
    {
        // Only some rows are read.
        ["LastRow"] = Case([5, 6], new Linear(8), new LayerNorm(), new GELU(), new Linear(4), new Select(-1)),
        ["LastRowOfTwo"] = Case(
            [6, 8], new Linear(8), new Transpose(), new Linear(6), new Transpose(), new Add { Inputs = ["3", "0"] }, new Select(-1)),
        ["LastRowWithRepeatedOne"] = Case([6, 8], new Linear(8), new Narrow(2, 1), new Add { Inputs = ["0", "1"] }, new ReLU(), new Select(-1)),
        ["LastRowRotated"] = Case([6, 8], new RotaryEmbedding(2), new Linear(8), new Select(-1)),
        ["FirstRowOfAttention"] = Case(
            [6, 8], new MultiheadAttention(2), new Add { Inputs = ["0", "input"] }, new LayerNorm(), new Linear(12), new GELU(), new Linear(8), new Select(0)),
        ["LastRowOfCausalAttention"] = Case(
            [6, 8], new MultiheadAttention(2) { Causal = true }, new Add { Inputs = ["0", "input"] }, new LayerNorm(), new Linear(8), new Select(-1)),
        ["LastRowOfGroupedAttention"] = Case(
            [6, 12],
            new Linear(8),
            new Narrow(0, 4, 1) { Inputs = ["input"] },
            new ScaledDotProductAttention(4) { KeyValueHeads = 2, Causal = true, Inputs = ["0", "1", "1"] },
            new Add { Inputs = ["0", "2"] },
            new Select(-1)),
        ["FirstRowOfAttentionToFewKeys"] = Case(
            [6, 8], new Narrow(1, 3), new ScaledDotProductAttention(2) { Inputs = ["input", "0", "0"] }, new Tanh(), new Select(0)),
        ["FirstRows"] = Case(
            [6, 8], new Linear(8), new Tanh(), new Select(0), new Narrow(0, 3) { Inputs = ["1"] }, new Mean(0), new Add { Inputs = ["2", "4"] }),
        ["LastChannel"] = Case([3, 4, 5], new Select(2)),
        ["LastChannelOfConvolution"] = Case([3, 4, 5], new Conv2d(4, 3), new Select(-1)),

        // Of a state's sign nothing follows from what is behind it.
        ["PositiveState"] = Case([5, 6], new LSTM(4), new Select(-1), new ReLU()),
        ["PositiveStates"] = Case([5, 6], new GRU(4) { Bidirectional = true }, new ReLU(), new Linear(4), new Max(0)),

        // States with a pitch of their own.
        ["StateOfWidePitch"] = Case([7, 4], new LSTM(16), new Transpose(), new Conv1d(4, 3) { Groups = 2 }, new ReLU()),
    };

    private static readonly NetworkLibrary Library =
        new(Cases.Select(given => new Declaration(given.Key + "Net", given.Value.Network, given.Value.Explanations))) { IsStrict = true };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void GeneratedCodeGivesWhatTheInterpreterGives(string name)
    {
        RandomCase given = Cases[name];
        IEngineNetwork network = Library.Load(EngineKind.Looped, name + "Net", given.Network.ToTensors(given.Weights()));
        foreach (ExplanationSpec explanation in given.Explanations)
        {
            new Expectation(given, explanation.Name).Check(network.Explain(explanation.Name, given.Input(), given.Target));
        }
    }

    private static RandomCase Case(int[] input, params LayerSpec[] layers) => new(
        new LayerCase("", input, layers).With(outputs: 3),
        [Presets.Get("CPLRP"), Presets.Get("AttnLRP"), Presets.Get("GammaCPLRP"), Presets.Get("Gradient")],
        Seed: 7,
        Scale: 2);
}
