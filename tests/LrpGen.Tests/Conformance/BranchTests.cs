using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>Small networks with branches, explained by hand: relevance of every output is summed over the layers that read it.</summary>
public sealed class BranchTests
{
    private static readonly ExampleSet Examples = new(
        new()
        {
            // h = [2, 3], Linear(h) = [25, 25], the sum [27, 28]. Of the 28, h keeps 3 on its own and gets 25 as 10 : 15 from the linear layer.
            ["Residual"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear(2), Linear(2), new Add { Inputs = ["1", "0"] }),
                Rules(),
                new() { ["0.weight"] = [1, 0, 0, 1], ["1.weight"] = [5, 5, 5, 5] },
                [2, 3],
                [10, 18])
            {
                Target = 1,
                Output = [27, 28],
                Layers = new() { ["0"] = [10, 18], ["1"] = [0, 25] },
            },

            // x + x = 2x halves what it gives to each and x gets both halves.
            ["Twice"] = new(
                NetworkSpec.Sequential(Shape.Of(2), new Add { Inputs = ["input", "input"] }, Linear(1)),
                Rules(),
                new() { ["1.weight"] = [1, 2] },
                [3, -1],
                [6, -4])
            {
                Output = [2],
                Layers = new() { ["0"] = [6, -4] },
            },

            // The gradient of Σ w (x + x) is 2w, though the last layer is a sum.
            ["TwiceGradient"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear(1), new Add { Inputs = ["0", "0"] }),
                Presets.Get("Gradient"),
                new() { ["0.weight"] = [1, 2] },
                [3, -1],
                [2, 4])
            {
                Output = [2],
                Layers = new() { ["0"] = [2] },
            },

            // h = [4, −6]; ReLU(h) = [4, 0] and h side by side: f = 1·4 + 2·0 + 3·4 − 1·(−6) = 22. h gets [4, 0] by the ReLU and [12, 6] directly.
            ["Concat"] = new(
                NetworkSpec.Sequential(Shape.Of(2), Linear(2), new ReLU(), new Concat { Inputs = ["1", "0"] }, Linear(1)),
                Rules(),
                new() { ["0.weight"] = [2, 0, 0, 3], ["3.weight"] = [1, 2, 3, -1] },
                [2, -2],
                [16, 6])
            {
                Output = [22],
                Layers = new() { ["0"] = [16, 6], ["1"] = [4, 0], ["2"] = [4, 0, 12, 6] },
            },

            // h = 2x = 4 is read by the batch norm and by the sum, so that 3h − 2 = 10 stays a layer: its input gets 12/10 of its relevance.
            // f = 10 + 4, of which h gets 12 + 4.
            ["BatchNormBesideReader"] = new(
                NetworkSpec.Sequential(Shape.Of(1), Linear(1), new BatchNorm1d { Eps = 1 }, new Add { Inputs = ["0", "1"] }),
                Rules(),
                new() { ["0.weight"] = [2], ["1.weight"] = [3], ["1.bias"] = [-2], ["1.running_mean"] = [0], ["1.running_var"] = [0] },
                [2],
                [16])
            {
                Output = [14],
                Layers = new() { ["0"] = [16], ["1"] = [10] },
            },

            // The sum 2x + x = 6 has no weights to take in 3·6 − 2 = 16: it gets 18, 12 for the linear layer and 6 for the input.
            ["BatchNormOfSum"] = new(
                NetworkSpec.Sequential(Shape.Of(1), Linear(1), new Add { Inputs = ["0", "input"] }, new BatchNorm1d { Eps = 1 }),
                Rules(),
                new() { ["0.weight"] = [2], ["2.weight"] = [3], ["2.bias"] = [-2], ["2.running_mean"] = [0], ["2.running_var"] = [0] },
                [2],
                [18])
            {
                Output = [16],
                Layers = new() { ["0"] = [12], ["1"] = [18] },
            },
        },
        tolerance: 1e-6);

    public static TheoryData<string, EngineKind> NamesAndEngines() => Examples.NamesAndEngines();

    [Theory]
    [MemberData(nameof(NamesAndEngines))]
    public void RelevanceIsSummedOverReaders(string name, EngineKind engine) => Examples.Check(name, engine);

    private static Linear Linear(int outputs) => new(outputs) { Bias = false };

    /// <summary>LRP-0 everywhere.</summary>
    private static ExplanationSpec Rules() =>
        new("Lrp0", new RuleSpec("Epsilon", 0) { On = LayerKinds.Linear | LayerKinds.BatchNorm | LayerKinds.Add });
}
