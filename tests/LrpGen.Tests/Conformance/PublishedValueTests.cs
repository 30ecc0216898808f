using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Small numbers from the tests of Captum and RelevancePropagation.jl, derived again.</summary>
public sealed class PublishedValueTests
{
    private static readonly RuleSpec Lrp0 = new("Epsilon", 0);

    private static readonly ExampleSet Examples = new(
        new()
        {
            // z = 2·(1+2+3) = 12 three times, f = 3·36 = 108, 36 for each; each gives a_i·2/12 of it to input i: 36·3·[1, 2, 3]/6.
            ["CaptumEpsilon"] = Captum(new("Epsilon", 1e-9), [1, 2, 3], 2, [18, 36, 54]) with
            {
                Output = [108],
                Layers = new() { ["1"] = [36, 36, 36] },
            },

            // A network without biases is homogeneous: three times the input, three times the relevance.
            ["CaptumEpsilonScaled"] = Captum(new("Epsilon", 1e-9), [3, 6, 9], 2, [54, 108, 162]),

            // z = [−2+4+6, 12, 12], f = 3·32 = 96, [24, 36, 36]; output 0 gives 24·[−2, 4, 6]/8, the others 36·[2, 4, 6]/12 each.
            ["CaptumEpsilonNegative"] = Captum(new("Epsilon", 1e-9), [1, 2, 3], -2, [-6 + 12, 12 + 24, 18 + 36]) with
            {
                Output = [96],
                Layers = new() { ["1"] = [24, 36, 36] },
            },

            // As before, but output 0 shares its 24 among its positive contributions: 24·[0, 4, 6]/10.
            ["CaptumAlpha1Beta0"] = Captum(new("AlphaBeta", 1, 0), [1, 2, 3], -2, [12, 9.6 + 24, 14.4 + 36]),

            // γ = 1 doubles positive weights: output 0 gives 24·[−2, 8, 12]/18, the others 36·[4, 8, 12]/24 each.
            ["CaptumGamma"] = Captum(new("Gamma", 1) { Layer = "0" }, [1, 2, 3], -2, [28.0 / 3, 104.0 / 3, 52], new RuleSpec("Gamma", 0.25)),

            // z = 0.6, tanh z = 0.53705, f = 0.1·3·0.53705; each passes 0.053705 back through the tanh and shares it as 1 : 2 : 3.
            ["CaptumTanh"] = new(
                NetworkSpec.Sequential(Shape.Of(3), Linear(3), new Tanh(), Linear(1)),
                Rules(Lrp0),
                new() { ["0.weight"] = Filled(9, 0.1f), ["2.weight"] = Filled(3, 0.1f) },
                [1, 2, 3],
                [Math.Tanh(0.6) / 20, Math.Tanh(0.6) / 10, Math.Tanh(0.6) * 3 / 20])
            {
                Layers = new() { ["1"] = [Math.Tanh(0.6) / 10, Math.Tanh(0.6) / 10, Math.Tanh(0.6) / 10] },
            },

            // y = 25 + x = [27, 28]; of the 28, x keeps 3 and the linear layer gives 25 as 2 : 3.
            ["CaptumResidual"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear(2), new Add { Inputs = ["0", "input"] }),
                Rules(new RuleSpec("Epsilon", 1e-9)),
                new() { ["0.weight"] = Filled(4, 5) },
                [2, 3],
                [10, 18])
            {
                Target = 1,
                Output = [27, 28],
                Layers = new() { ["0"] = [0, 25] },
            },

            // The 6 wins and takes all.
            ["CaptumMaxPool"] = new(
                NetworkSpec.Sequential(Shape.Of(1, 2, 2), new MaxPool2d(2), new Flatten()),
                Rules(Lrp0),
                [],
                [1, 2, 5, 6],
                [0, 0, 0, 6]),

            // Captum has a linear layer on each row, then a pool; here a kernel [2, 2] slides over each row (channel), padded so that
            // the pool has a choice: 2·[5, 5+6, 6] = [10, 22, 12]. The 22 wins and came from 2·5 and 2·6.
            ["CaptumMaxPoolRows"] = new(
                NetworkSpec.Sequential(
                    Shape.Of(2, 2),
                    new Conv1d(2, 2) { Padding = 1, Groups = 2, Bias = false },
                    new MaxPool1d(3),
                    new Flatten()),
                Rules(Lrp0),
                new() { ["0.weight"] = [2, 2, 2, 2] },
                [1, 2, 5, 6],
                [0, 0, 10, 12])
            {
                Target = 1,
            },

            // Window sums of 0…15 are 45, 54, 81, 90; less the biases and rectified [0, 4, 31, 40] and [0, 0, 6, 15]; f = 75 − 21.
            // Every active output has R/z = ±1, so an input keeps a times (active windows of channel 0 − those of channel 1).
            ["CaptumConvolution"] = new(
                NetworkSpec.Sequential(
                    Shape.Of(1, 4, 4),
                    new Conv2d(2, 3),
                    new ReLU(),
                    new Flatten(),
                    Linear(4),
                    new ReLU()),
                Rules(new RuleSpec("Epsilon", 1e-9)),
                new()
                {
                    ["0.weight"] = Filled(18, 1),
                    ["0.bias"] = [-50, -75],
                    ["3.weight"] = [.. Enumerable.Repeat((float[])[1, 1, 1, 1, 1, -1, -1, -1], 4).SelectMany(row => row)],
                },
                [.. Enumerable.Range(0, 16).Select(i => (float)i)],
                [0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0])
            {
                Output = [54, 54, 54, 54],
                Layers = new() { ["0"] = [0, 4, 31, 40, 0, 0, -6, -15] },
            },

            // z = [−4, 7, 7, 7], f = [20, 22]; R/z = 20/20 at every active neuron, which has 7 and gives a_i·7/7 to input i.
            ["CaptumBias"] = new(
                NetworkSpec.Sequential(
                    Shape.Of(3), new Identity(), new Linear(4), new ReLU(), new Linear(2)),
                Rules(new RuleSpec("Epsilon", 1e-9)),
                new() { ["1.weight"] = Filled(12, 1), ["1.bias"] = [-10, 1, 1, 1], ["3.weight"] = Filled(8, 1), ["3.bias"] = [-1, 1] },
                [1, 2, 3],
                [3, 6, 9])
            {
                Output = [20, 22],
            },

            // z = [3+8+7, 5+12+8] = [18, 25]: [3/18·1/3 + 5/25·2/3, 8/18·1/3 + 12/25·2/3].
            ["JuliaLrp0"] = new(
                NetworkSpec.Sequential(Shape.Of(2), new Linear(2)),
                Rules(Lrp0),
                new() { ["0.weight"] = [3, 4, 5, 6], ["0.bias"] = [7, 8] },
                [1, 2],
                [17.0 / 90, 316.0 / 675])
            {
                OutputRelevance = [1f / 3, 2f / 3],
            },

            // The 10 wins both windows on the left, the 6 and the 9 the others.
            ["JuliaMaxPool"] = new(
                NetworkSpec.Sequential(Shape.Of(1, 3, 3), new MaxPool2d(2) { Stride = 1 }),
                Rules(Lrp0),
                [],
                [1, 2, 3, 10, 5, 6, 7, 8, 9],
                [0, 0, 0, 4.0 / 30, 0, 2.0 / 30, 0, 0, 4.0 / 30])
            {
                OutputRelevance = [1f / 30, 2f / 30, 3f / 30, 4f / 30],
            },

            // z = [−2·1+1, 2·2−3] = [−1, 1]: [−2/−1·1/3, 4/1·2/3]. The scale is γ/√(0 + 1) of a batch norm that follows no layer.
            ["JuliaScale"] = new(
                NetworkSpec.Sequential(Shape.Of(2), new BatchNorm1d { Eps = 1 }),
                Rules(Lrp0 with { On = LayerKinds.BatchNorm }),
                new() { ["0.weight"] = [-2, 2], ["0.bias"] = [1, -3], ["0.running_mean"] = [0, 0], ["0.running_var"] = [0, 0] },
                [1, 2],
                [2.0 / 3, 8.0 / 3])
            {
                OutputRelevance = [1f / 3, 2f / 3],
            },

            // The positive part is 1, all from the first input.
            ["JuliaAlpha1Beta0"] = JuliaAlphaBeta(1, 0, [-1, 0]),

            // Twice that; the negative part is −1 from the second input in −2 with the bias: −1·(−1)·(−1)/(−2).
            ["JuliaAlpha2Beta1"] = JuliaAlphaBeta(2, 1, [-2, 0.5]),

            // z = [−7, 1]. z_0 < 0 favours what is negative: −1·(1+0.25) and 1·(−4−1) over their sum −2−0.5, so [1.25, 5]/8.75 of −0.07.
            // z_1 > 0 favours what is positive: −1·2 and 0 over their sum +3+0.75, so [−2, 0]/1.75 of 1.
            ["JuliaGamma"] = new(
                NetworkSpec.Sequential(Shape.Of(2), new Linear(2)),
                Rules(new RuleSpec("Gamma", 0.25) { Stabilizer = 0 }),
                new() { ["0.weight"] = [1, -4, 2, 0], ["0.bias"] = [-2, 3] },
                [-1, 1],
                [(-0.07 * 1.25 / 8.75) - (2 / 1.75), -0.07 * 5 / 8.75])
            {
                OutputRelevance = [-0.07f, 1],
            },
        },
        tolerance: 2e-6);

    public static TheoryData<string, EngineKind> NamesAndEngines() => Examples.NamesAndEngines();

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void ValuesAgree(string name, EngineKind engine) => Examples.Check(name, engine);

    /// <summary>Captum's network: weights 2 but for the first, ReLU, weights 3, no biases.</summary>
    private static Example Captum(RuleSpec rule, float[] input, float firstWeight, double[] relevance, params RuleSpec[] otherRules) => new(
        NetworkSpec.Sequential(Shape.Of(3), Linear(3), new ReLU(), Linear(1)),
        Rules([rule, .. otherRules]),
        new() { ["0.weight"] = [firstWeight, .. Filled(8, 2)], ["2.weight"] = Filled(3, 3) },
        input,
        relevance);

    private static Example JuliaAlphaBeta(double α, double β, double[] relevance) => new(
        NetworkSpec.Sequential(Shape.Of(2), new Linear(1)),
        Rules(new RuleSpec("AlphaBeta", α, β)),
        new() { ["0.weight"] = [1, -1], ["0.bias"] = [-1] },
        [1, 1],
        relevance)
    {
        OutputRelevance = [-1],
    };

    private static Linear Linear(int outputs) => new(outputs) { Bias = false };

    private static ExplanationSpec Rules(params RuleSpec[] rules) => new("Published", rules);

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];
}
