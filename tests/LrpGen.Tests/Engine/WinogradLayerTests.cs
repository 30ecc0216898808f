using LrpGen.Rules;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>
/// Layers that are computed in tiles, against the interpreter: sizes that are no multiples of a tile, all paddings, channels that fill no
/// whole block of vectors, and more tiles than a block has. Inputs are of either sign.
/// </summary>
/// <remarks>What is allowed is what all random networks are: rounding in tiles is about twice that of direct sums, a few float32 roundings.</remarks>
public sealed class WinogradLayerTests
{
    private static readonly LayerSpec[] Head = [new AdaptiveAvgPool2d(1), new Flatten(), new Linear(3)];

    private static readonly ExplanationSpec[] Explanations =
    [
        new("Epsilon", new RuleSpec("Epsilon", 1e-6)),
        Presets.Get("EpsilonPlusFlat"),
        Presets.Get("EpsilonGammaBox", -1, 1),
        Presets.Get("EpsilonAlpha2Beta1"),
        Presets.Get("Gradient"),
        new("Gamma", new RuleSpec("Gamma", 0.25)),
    ];

    private static readonly Dictionary<string, RandomCase> Cases = new()
    {
        // 12 × 13 and 14 × 15 outputs: 12 and 16 tiles, where groups of 6 leave none and four.
        ["Paddings0And2"] = Case(Explanations, Shape.Of(32, 14, 15), Convolution(40, 0), new ReLU(), Convolution(48, 2), new ReLU()),

        // 49 tiles, which are one block. The weights of the last vector of inputs lie alone.
        ["OneBlock"] = Case(Explanations[..3], Shape.Of(48, 25, 26), Convolution(32, 1)),

        // 64 tiles, of which 48 are a block.
        ["TwoBlocks"] = Case(Explanations[3..5], Shape.Of(32, 29, 30), Convolution(33, 1), new ReLU()),

        // No bias, and one layer in tiles before one that is not.
        ["Narrow"] = Case(
            Explanations[4..], Shape.Of(32, 45, 14), Convolution(32, 0) with { Bias = false }, new MaxPool2d(3), Convolution(32, 1)),

        // Where the input is 0, w⁻ has no sums but negative biases, and none are: s is as large as R / ε, from row 10
        // on and in tiles with row 8.
        ["HalfEmpty"] = Case(Explanations[3..4], Shape.Of(32, 18, 16), [Convolution(32, 1), new ReLU()], isHalfEmpty: true),
    };

    private static readonly NetworkLibrary Library =
        new(Cases.Select(given => new Declaration(given.Key, given.Value.Network, given.Value.Explanations)));

    public static TheoryData<string, string> NamesAndExplanations()
    {
        TheoryData<string, string> data = [];
        foreach ((string name, RandomCase given) in Cases)
        {
            foreach (ExplanationSpec explanation in given.Explanations)
            {
                data.Add(name, explanation.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndExplanations))]
    public void TilesGiveWhatTheInterpreterGives(string name, string explanation)
    {
        RandomCase given = Cases[name];
        IEngineNetwork network = Library.Load(EngineKind.Generated, name, given.Network.ToTensors(given.Weights()));
        new Expectation(given, explanation).Check(network.Explain(explanation, given.Input(), given.Target));
    }

    /// <summary>Otherwise nothing here would be tested.</summary>
    [Fact]
    public void TheLayersAreInTiles() => Assert.All(Cases, given => Assert.Contains(
        Compiler.Generate(null, new Declaration(given.Key, given.Value.Network, given.Value.Explanations).Source).SyntaxTrees,
        tree => tree.ToString().Contains("Winograd.TransformInput", StringComparison.Ordinal)));

    private static Conv2d Convolution(int outputs, int padding) => new(outputs, 3) { Padding = padding };

    private static RandomCase Case(ExplanationSpec[] explanations, Shape input, params LayerSpec[] layers) =>
        Case(explanations, input, layers, isHalfEmpty: false);

    private static RandomCase Case(ExplanationSpec[] explanations, Shape input, LayerSpec[] layers, bool isHalfEmpty) =>
        new(NetworkSpec.Sequential(input, [.. layers, .. Head]), explanations, Seed: 5, isHalfEmpty);
}
