using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Each kind of layer before a linear head, under every rule for it: generated code against the interpreter, whose gradient is that of its own
/// outputs by central differences.
/// </summary>
public sealed class LayerTests
{
    private const int Outputs = 3;

    /// <summary>Inputs are in −4 … 4, beyond the kinks of all activations.</summary>
    private const double Scale = 4;

    /// <summary>The cases of each kind of layer by itself, and some whose point is what is before it.</summary>
    private static readonly Dictionary<string, RandomCase> Cases = new(
        LayerTrials.All.SelectMany(kind => kind.Cases, (kind, given) => KeyValuePair.Create(kind.NameOf(given), Case(given))))
    {
        ["BatchNormOfARow"] = Case(new("", [1, 6], new Linear(4), new BatchNorm1d())),
        ["MatMulAttention"] = Case(new(
            "",
            [5, 34],
            new MatMul(TransposeB: true, Heads: 2) { Inputs = ["input", "input"] },
            new Softmax(2),
            new MatMul(Heads: 2) { Inputs = ["1", "input"] })),
        ["MatMulAttentionWithDropout"] = Case(new(
            "",
            [5, 8],
            new MatMul(TransposeB: true) { Inputs = ["input", "input"] },
            new Softmax(1),
            new Dropout(),
            new MatMul { Inputs = ["2", "input"] })),
    };

    /// <summary>What is unrolled are products of linear layers and convolutions; other layers are the same in loops.</summary>
    private static readonly string[] Unrolled = [.. Cases.Keys.Where(name => Cases[name].Network.Layers[0] is WeightedSpec or RecurrentSpec)];

    private static readonly Dictionary<EngineKind, NetworkLibrary> Libraries = new()
    {
        [EngineKind.Looped] = LibraryOf(Cases.Keys),
        [EngineKind.Unrolled] = LibraryOf(Unrolled),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string, EngineKind> NamesAndEngines()
    {
        TheoryData<string, EngineKind> data = [];
        Array.ForEach([.. Cases.Keys], name => data.Add(name, EngineKind.Looped));
        Array.ForEach(Unrolled, name => data.Add(name, EngineKind.Unrolled));
        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void EveryRuleGivesWhatTheInterpreterGives(string name, EngineKind engine)
    {
        RandomCase given = Cases[name];
        IEngineNetwork network = Libraries[engine].Load(engine, name + "Net", given.Network.ToTensors(given.Weights()));
        foreach (ExplanationSpec explanation in given.Explanations)
        {
            new Expectation(given, explanation.Name).Check(network.Explain(explanation.Name, given.Input(), given.Target));
        }
    }

    /// <summary>Central differences err by step² times the third derivative and by rounding over step.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheInterpretersGradientIsThatOfItsOutputs(string name)
    {
        const double Step = 1e-5;
        RandomCase given = Cases[name];
        Interpreter interpreter = new(given.Network, given.Weights().ToDictionary(weight => weight.Key, weight => weight.Value.ToDoubles()));

        // No kink within a step.
        double[] input = [.. given.Input().Select((value, i) => value + 1e-3 + (i * 1e-4))];
        double[] gradient = interpreter.Explain(Presets.Get("Gradient"), input, given.Target).InputRelevance;
        double[] differences = [.. input.Select((_, i) => (OutputAt(i, Step) - OutputAt(i, -Step)) / (2 * Step))];
        Numbers.AssertClose(differences, gradient, 1e-7, "gradient");

        double OutputAt(int i, double step) => interpreter.Forward([.. input.Select((value, k) => k == i ? value + step : value)])[^1][given.Target];
    }

    private static NetworkLibrary LibraryOf(IEnumerable<string> names) =>
        new(names.Select(name => new Declaration(name + "Net", Cases[name].Network, Cases[name].Explanations))) { IsStrict = true };

    /// <summary>The layers with a head, and an explanation for each rule that is for the last of them, or for none.</summary>
    private static RandomCase Case(LayerCase given)
    {
        LayerKinds kind = given.Layers.Select(layer => layer.Kind).LastOrDefault(kind => kind is not LayerKinds.None);
        return new(
            given.With(Outputs),
            [
                Presets.Get("CPLRP"),
                Presets.Get("Gradient"),
                .. RulesOf(kind, given.Layers.Length == 1).Select(rule => new ExplanationSpec(
                    $"{rule.Name}{(rule.ZeroBias ? "WithoutBias" : "")}Rule", rule with { On = kind }, new RuleSpec("Epsilon"))),
            ],
            Seed: 7,
            Scale: Scale);
    }

    /// <param name="isFirst">Whether the layer reads the network's input.</param>
    private static RuleSpec[] RulesOf(LayerKinds kind, bool isFirst) => kind switch
    {
        LayerKinds.None => [],
        LayerKinds.ReLU => [new("Derivative"), new("Guided"), new("Rectified"), new("FromZero")],
        LayerKinds.OtherActivation => [new("Derivative"), new("Guided"), new("Rectified"), new("FromZero"), new("Taylor")],
        LayerKinds.Multiply or LayerKinds.MatMul or LayerKinds.Attention => [new("Gated"), new("Halves"), new("Derivative")],
        LayerKinds.Normalization => [new("Epsilon", 0.01), new("Epsilon", 0.01) { ZeroBias = true }, new("Norm"), new("Pass"), new("Derivative")],
        _ =>
        [
            new("Epsilon", 0.01),
            new("Epsilon", 0.01) { ZeroBias = true },
            new("Gamma", 0.25),
            new("ZPlus"),
            new("AlphaBeta", 2, 1),
            new("WSquare"),
            new("Flat"),
            new("Derivative"),
            .. isFirst && kind is LayerKinds.Linear or LayerKinds.Convolution or LayerKinds.Projection ? [new("ZBox", -5, 5) { First = true }] : Array.Empty<RuleSpec>(),
        ],
    };
}
