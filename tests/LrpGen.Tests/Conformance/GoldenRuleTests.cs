using System.Text.Json;
using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// One linear layer 4 → 3 with a bias, negative and zero inputs and negative relevance, and two pools: the exact answer of every rule.
/// </summary>
public sealed class GoldenRuleTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "golden_rules.json"))).RootElement;

    private static readonly ExampleSet Examples = new(
        new()
        {
            ["Lrp0"] = Linear("lrp0", new("Epsilon", 0)),
            ["EpsilonSmall"] = Linear("epsilon_1e-6", new("Epsilon", 1e-6)),
            ["EpsilonLarge"] = Linear("epsilon_0.25", new("Epsilon", 0.25)),
            ["EpsilonZeroBias"] = Linear("epsilon_1e-6_zeroBias", new("Epsilon", 1e-6) { ZeroBias = true }),
            ["Gamma"] = Linear("gamma_generalised_0.25_eps1e-6", new("Gamma", 0.25)),
            ["Alpha2Beta1"] = Linear("alpha2beta1_eps1e-6", new("AlphaBeta", 2, 1)),
            ["Alpha2Beta1ZeroBias"] = Linear("alpha2beta1_zeroBias_eps1e-6", new("AlphaBeta", 2, 1) { ZeroBias = true }),
            ["Alpha1Beta0"] = Linear("alpha1beta0_eps1e-6", new("AlphaBeta", 1, 0)),
            ["Alpha1Beta0ZeroBias"] = Linear("alpha1beta0_zeroBias_eps1e-6", new("AlphaBeta", 1, 0) { ZeroBias = true }),
            ["ZPlus"] = Linear("alpha1beta0_eps1e-6", new("ZPlus")),
            ["ZPlusZeroBias"] = Linear("alpha1beta0_zeroBias_eps1e-6", new("ZPlus") { ZeroBias = true }),
            ["ZBox"] = Linear("zbox_-3_3_eps1e-6", new("ZBox", -3, 3)),
            ["WSquare"] = Linear("wsquare_zennit_biasSquaredInDenom", new("WSquare")),
            ["WSquareZeroBias"] = Linear("wsquare_noBias", new("WSquare") { ZeroBias = true }),
            ["Flat"] = Linear("flat", new("Flat")),
            ["MaxPool"] = Pool("maxpool_2x2_s1", new("Pass"), new MaxPool2d(2) { Stride = 1 }),
            ["AveragePool"] = Pool("avgpool_2x2_s1_norm", new("Norm") { Stabilizer = 0 }, new AvgPool2d(2) { Stride = 1 }),
        },
        tolerance: 1e-6);

    public static TheoryData<string, EngineKind> NamesAndEngines() => Examples.NamesAndEngines();

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void RuleGivesTheExactAnswer(string name, EngineKind engine) => Examples.Check(name, engine);

    private static Example Linear(string key, RuleSpec rule) => new(
        NetworkSpec.Sequential(Shape.Of(4), new Linear(3)),
        new("Golden", rule),
        new() { ["0.weight"] = Values(Golden.GetProperty("W")), ["0.bias"] = Values(Golden.GetProperty("b")) },
        Values(Golden.GetProperty("x")),
        Values(Golden.GetProperty(key)).ToDoubles())
    {
        OutputRelevance = Values(Golden.GetProperty("R")),
    };

    private static Example Pool(string key, RuleSpec rule, LayerSpec pool) => new(
        NetworkSpec.Sequential(Shape.Of(1, 3, 3), pool),
        new("Golden", rule),
        [],
        Values(Golden.GetProperty(key).GetProperty("x")),
        Values(Golden.GetProperty(key).GetProperty("out")).ToDoubles())
    {
        OutputRelevance = Values(Golden.GetProperty(key).GetProperty("R")),
    };

    /// <summary>The numbers of a vector or a matrix, row by row.</summary>
    private static float[] Values(JsonElement array) =>
        [.. array.EnumerateArray().SelectMany(item => item.ValueKind == JsonValueKind.Array ? Values(item) : [item.GetSingle()])];
}
