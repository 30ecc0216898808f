using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Batch norm before the layer that takes it in, with values derived by hand. With eps = 1 and a variance of 0, c = γ.</summary>
public sealed class BatchNormTests
{
    private static readonly ExampleSet Examples = new(
        new()
        {
            // 2 · (3a − 2) + 1 = 6a − 3 = 12 − 3. The whole 12 is relevance of a; a batch norm of its own would get 8 and make 12 of them.
            ["BeforeLinear"] = new(
                NetworkSpec.Sequential(Shape.Of(1), BatchNorm, Linear),
                Rules(new("Epsilon", 0)),
                Weights((0, 3, -2), (1, 2, 1)),
                [2],
                [12])
            {
                Output = [9],
                Layers = new() { ["0"] = [12] },
            },

            // 2 · (10 − 3a) + 1 = 21 − 6a: under z⁺ all of 9 is the bias's, though w = 2 is positive and so is 10 − 3a = 4.
            ["SignsAreThoseOfTheWhole"] = new(
                NetworkSpec.Sequential(Shape.Of(1), BatchNorm, Linear),
                Rules(new("ZPlus")),
                Weights((0, -3, 10), (1, 2, 1)),
                [2],
                [0])
            {
                Output = [9],
            },

            // w = [2·3, 4·(−1)], b = 2·(−2). With l = −1 and h = 1: 6·0.5 + 6 = 9 and −4·(−0.5) + 4 = 6 share f = 3 + 2 − 4.
            ["BoundsAreThoseOfTheInput"] = new(
                NetworkSpec.Sequential(Shape.Of(2), BatchNorm, Linear),
                Rules(new("ZBox", -1, 1)),
                new()
                {
                    ["0.weight"] = [3, -1],
                    ["0.bias"] = [-2, 0],
                    ["0.running_mean"] = [0, 0],
                    ["0.running_var"] = [0, 0],
                    ["1.weight"] = [2, 4],
                    ["1.bias"] = [0],
                },
                [0.5f, -0.5f],
                [9.0 / 15, 6.0 / 15])
            {
                Output = [1],
            },

            // 4 − (2 · (3a − 2) + 1) = 7 − 6a.
            ["OnBothSides"] = new(
                NetworkSpec.Sequential(Shape.Of(1), BatchNorm, Linear, BatchNorm),
                Rules(new("Epsilon", 0)),
                Weights((0, 3, -2), (1, 2, 1), (2, -1, 4)),
                [2],
                [-12])
            {
                Output = [-5],
                Layers = new() { ["0"] = [-12], ["1"] = [-5] },
            },

            // 3a − 2 = [1, 4], and the padding is 0 behind the batch norm. So it stays a layer: 1 becomes 3/1, 4 becomes 6/4 · 4.
            ["BeforePadding"] = new(
                NetworkSpec.Sequential(
                    Shape.Of(1, 2), BatchNorm, new Conv1d(1, 3) { Padding = 1, Bias = false }),
                Rules(new("Epsilon", 0)),
                new(Weights((0, 3, -2))) { ["1.weight"] = [1, 1, 1] },
                [1, 2],
                [3, 6])
            {
                Output = [5, 5],
                Layers = new() { ["0"] = [1, 4] },
            },
        },
        tolerance: 1e-6);

    private static BatchNorm1d BatchNorm => new() { Eps = 1 };

    private static Linear Linear => new(1);

    public static TheoryData<string, EngineKind> NamesAndEngines() => Examples.NamesAndEngines();

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void BatchNormIsAPartOfTheLayerBehindIt(string name, EngineKind engine) => Examples.Check(name, engine);

    private static ExplanationSpec Rules(RuleSpec rule) => new("Rules", rule, new("Epsilon", 0) { On = LrpGen.Rules.LayerKinds.BatchNorm });

    /// <summary>A weight and a bias for each layer, and statistics that change nothing for batch norms.</summary>
    private static Dictionary<string, float[]> Weights(params (int Layer, float Weight, float Bias)[] layers)
    {
        Dictionary<string, float[]> weights = [];
        foreach ((int layer, float weight, float bias) in layers)
        {
            weights.Add($"{layer}.weight", [weight]);
            weights.Add($"{layer}.bias", [bias]);
            weights.Add($"{layer}.running_mean", [0]);
            weights.Add($"{layer}.running_var", [0]);
        }

        return weights;
    }
}
