using LrpGen.Rules;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Each kind of layer alone before a linear head, under every rule for it: generated code against the interpreter, whose gradient is that of its own
/// outputs by central differences.
/// </summary>
public sealed class LayerTests
{
    private const int Outputs = 3;

    /// <summary>Inputs are in −4 … 4, beyond the kinks of all activations.</summary>
    private const double Scale = 4;

    private static readonly Dictionary<string, RandomCase> Cases = new()
    {
        ["Linear"] = Case([20], new Linear(9)),
        ["LinearOfRows"] = Case([4, 20], new Linear(9)),
        ["LinearOfRowsOfRows"] = Case([2, 3, 5], new Linear(18) { Bias = false }),
        ["Conv1d"] = Case([4, 9], new Conv1d(6, 3) { Stride = 2, Padding = 1, Groups = 2 }),
        ["Conv2d"] = Case([2, 6, 5], new Conv2d(5, new(3, 2)) { Padding = new(1, 0), Dilation = new(2, 1) }),
        ["ConvTranspose1d"] = Case([4, 5], new ConvTranspose1d(6, 3) { Stride = 2, Padding = 1, OutputPadding = 1, Groups = 2 }),
        ["ConvTranspose2d"] = Case(
            [3, 4, 3], new ConvTranspose2d(5, new(3, 2)) { Stride = new(2, 3), Dilation = new(2, 1), OutputPadding = new(1, 2) }),
        ["ConvTransposeOfOneTap"] = Case([4, 5, 2], new ConvTranspose2d(6, 1) { Dilation = 2, OutputPadding = new(0, 1), Groups = 2 }),
        ["MaxPool1d"] = Case([3, 9], new MaxPool1d(3) { Stride = 2, Padding = 1, CeilMode = true }),
        ["MaxPool2d"] = Case([3, 5, 6], new MaxPool2d(new(3, 2)) { Stride = 1 }),
        ["AvgPool1d"] = Case([3, 9], new AvgPool1d(4) { Stride = 3, Padding = 2, CountIncludePad = false }),
        ["AvgPool2d"] = Case([3, 5, 6], new AvgPool2d(3) { Stride = 2, Padding = 1, CeilMode = true }),
        ["AdaptiveAvgPool1d"] = Case([3, 7], new AdaptiveAvgPool1d(3)),
        ["AdaptiveAvgPool2d"] = Case([3, 5, 4], new AdaptiveAvgPool2d(new(3, 2))),
        ["AdaptiveMaxPool1d"] = Case([3, 7], new AdaptiveMaxPool1d(3)),
        ["AdaptiveMaxPool2d"] = Case([2, 5, 4], new AdaptiveMaxPool2d(new(3, 2))),
        ["BatchNorm1d"] = Case([4, 5], new BatchNorm1d()),
        ["BatchNorm2d"] = Case([4, 3, 2], new BatchNorm2d { Eps = 0.1 }),
        ["LayerNorm"] = Case([4, 20], new LayerNorm { Eps = 0.01 }),
        ["LayerNormOfTwo"] = Case([2, 3, 4], new LayerNorm(2) { Bias = false }),
        ["LayerNormWithoutWeights"] = Case([2, 3, 4], new LayerNorm(3) { Affine = false }),
        ["RMSNorm"] = Case([4, 20], new RMSNorm()),
        ["GroupNorm"] = Case([6, 2, 3], new GroupNorm(2)),
        ["GroupNormOfFeatures"] = Case([12], new GroupNorm(3) { Affine = false }),
        ["InstanceNorm1d"] = Case([3, 7], new InstanceNorm1d { Affine = true }),
        ["InstanceNorm2d"] = Case([5, 3, 4], new InstanceNorm2d()),
        ["Normalize"] = Case([3, 5], new Normalize()),
        ["Softmax"] = Case([4, 5], new Softmax()),
        ["SoftmaxOfRows"] = Case([4, 5], new Softmax(0)),
        ["SoftmaxOfChannels"] = Case([5, 2, 3], new Softmax()),
        ["LayerScale"] = Case([4, 20], new LayerScale()),
        ["LayerScaleOfChannels"] = Case([5, 2, 3], new LayerScale()),
        ["Upsample1d"] = Case([3, 5], new Upsample(2)),
        ["UpsampleNearest"] = Case([2, 3, 2], new Upsample(3)),
        ["UpsampleBilinear"] = Case([2, 3, 2], new Upsample(2) { Bilinear = true }),
        ["UpsampleLinear"] = Case([2, 5], new Upsample(3) { Bilinear = true }),
        ["ReLU"] = Case([3, 5], new ReLU()),
        ["ReLU6"] = Case([3, 5], new ReLU6()),
        ["LeakyReLU"] = Case([3, 5], new LeakyReLU(0.2)),
        ["ELU"] = Case([3, 5], new ELU(0.7)),
        ["CELU"] = Case([3, 5], new CELU(0.7)),
        ["SELU"] = Case([3, 5], new SELU()),
        ["GELU"] = Case([3, 5], new GELU()),
        ["GELUTanh"] = Case([3, 5], new GELU { Approximate = true }),
        ["SiLU"] = Case([3, 5], new SiLU()),
        ["Sigmoid"] = Case([3, 5], new Sigmoid()),
        ["Tanh"] = Case([3, 5], new Tanh()),
        ["Softplus"] = Case([3, 5], new Softplus(0.8, 2)),
        ["Hardswish"] = Case([3, 5], new Hardswish()),
        ["Hardsigmoid"] = Case([3, 5], new Hardsigmoid()),
        ["Hardtanh"] = Case([3, 5], new Hardtanh(0.5, 2)),
        ["Mish"] = Case([3, 5], new Mish()),
        ["Softsign"] = Case([3, 5], new Softsign()),
        ["LogSigmoid"] = Case([3, 5], new LogSigmoid()),
        ["PReLU"] = Case([3, 5], new PReLU()),
        ["PReLUOfOne"] = Case([3, 5], new PReLU(1)),
        ["Transpose"] = Case([3, 5], new Transpose()),
        ["TransposeOfThree"] = Case([2, 3, 4], new Transpose()),
        ["Permute"] = Case([2, 3, 4], new Permute(2, 0, 1)),
        ["PermuteOfFour"] = Case([2, 3, 2, 4], new Permute(3, -2, 0, 1)),
        ["Reshape"] = Case([4, 6], new Reshape(2, -1, 3)),
        ["ReshapeOfImage"] = Case([4, 2, 3], new MaxPool2d(1), new Reshape(3, 8)),
        ["Flatten"] = Case([3, 4, 5], new Flatten(1)),
        ["Select"] = Case([3, 4, 5], new Select(-1, 1)),
        ["SelectOfLanes"] = Case([3, 5], new LayerNorm { Affine = false }, new Select(2, -1)),
        ["Narrow"] = Case([6, 4], new Narrow(2, 3)),
        ["NarrowOfLanes"] = Case([3, 20], new Narrow(-19, 17, 1)),
        ["ConcatOfRows"] = Case([2, 5], new Tanh(), new Concat { Inputs = ["input", "0"] }),
        ["ConcatOfLanes"] = Case([2, 5], new Tanh(), new Concat(-1) { Inputs = ["input", "0"] }),
        ["PixelShuffle"] = Case([8, 2, 3], new PixelShuffle(2)),
        ["ChannelShuffle"] = Case([6, 2, 2], new ChannelShuffle(3)),
        ["ZeroPad2d"] = Case([2, 3, 4], new ZeroPad2d(1, 2, 0, 3)),
        ["ReflectionPad2d"] = Case([2, 3, 4], new ReflectionPad2d(2, 1, 2, 0)),
        ["Max"] = Case([3, 4, 5], new Max(1)),
        ["MaxOfRows"] = Case([4, 5], new Max()),
        ["MeanOfRows"] = Case([4, 5], new Mean()),
        ["MeanOfLanes"] = Case([4, 5], new Mean(1)),
        ["MeanInside"] = Case([3, 4, 5], new Mean(1)),
        ["BatchNormOfARow"] = Case([1, 6], new Linear(4), new BatchNorm1d()),
        ["MultiplyOfLastAxis"] = Case([16, 4, 16], new Mean(), new Mean(), new Multiply { Inputs = ["input", "1"] }),
        ["Add"] = Case([3, 4], new Tanh(), new Add { Inputs = ["input", "0", "input"] }),
        ["AddBroadcast"] = Case([3, 4], new Mean(), new Reshape(1, 4), new Add { Inputs = ["input", "1"] }),
        ["AddOfLowerRank"] = Case([3, 4], new Max(), new Add { Inputs = ["0", "input"] }),
        ["AddOfRowsAndLanes"] = Case(
            [3, 4],
            new Max(),
            new Reshape(1, 4),
            new Max(1) { Inputs = ["input"] },
            new Reshape(3, 1),
            new Add { Inputs = ["1", "3"] }),
        ["Multiply"] = Case([3, 4], new Tanh(), new Multiply { Inputs = ["input", "0"] }),
        ["MultiplyByGate"] = Case([3, 4], new Sigmoid(), new Multiply { Inputs = ["0", "input"] }),
        ["MultiplyByGateOfAnotherShape"] = Case(
            [3, 4], new Max(1), new Sigmoid(), new Reshape(3, 1), new Multiply { Inputs = ["input", "2"] }),
        ["MultiplyGates"] = Case([3, 4], new Sigmoid(), new GELU { Inputs = ["input"] }, new Multiply { Inputs = ["0", "1"] }),
        ["MultiplyRows"] = Case([3, 4], new Max(1), new Reshape(3, 1), new Hardsigmoid(), new Multiply { Inputs = ["input", "2"] }),
        ["MultiplyLanes"] = Case([3, 4], new Max(), new SiLU(), new Multiply { Inputs = ["input", "1"] }),
        ["MatMul"] = Case([2, 5, 19], new Tanh(), new Transpose { Inputs = ["input"] }, new MatMul { Inputs = ["0", "1"] }),
        ["MatMulTransposed"] = Case([2, 5, 19], new Tanh(), new MatMul(TransposeB: true) { Inputs = ["input", "0"] }),
        ["MatMulItself"] = Case([9, 3], new MatMul(TransposeB: true) { Inputs = ["input", "input"] }),
        ["MatMulOfParts"] = Case(
            [7, 21],
            new Narrow(0, 4),
            new Narrow(3, 4) { Inputs = ["input"] },
            new Narrow(2, 7, 1),
            new Transpose(),
            new MatMul { Inputs = ["3", "0"] }),
        ["MatMulOfHeads"] = Case(
            [6, 15],
            new Tanh(),
            new Narrow(1, 5) { Inputs = ["input"] },
            new MatMul(TransposeB: true, Heads: 3) { Inputs = ["0", "1"] },
            new MatMul(Heads: 3) { Inputs = ["2", "1"] }),
        ["MatMulScores"] = Case([6, 15], new Tanh(), new MatMul(TransposeB: true, Heads: 3) { Inputs = ["input", "0"] }),
        ["MatMulAttentionWithDropout"] = Case(
            [5, 8],
            new MatMul(TransposeB: true) { Inputs = ["input", "input"] },
            new Softmax(1),
            new Dropout(),
            new MatMul { Inputs = ["2", "input"] }),
        ["MatMulAttention"] = Case(
            [5, 34],
            new MatMul(TransposeB: true, Heads: 2) { Inputs = ["input", "input"] },
            new Softmax(2),
            new MatMul(Heads: 2) { Inputs = ["1", "input"] }),
        ["MultiplyItself"] = Case([3, 4], new Multiply { Inputs = ["input", "input"] }),
    };

    /// <summary>What is unrolled are products of linear layers and convolutions; other layers are the same in loops.</summary>
    private static readonly string[] Unrolled = [.. Cases.Keys.Where(name => Cases[name].Network.Layers[0] is WeightedSpec)];

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
    private static RandomCase Case(int[] shape, params LayerSpec[] layers)
    {
        NetworkSpec network = NetworkSpec.Sequential(Shape.Of(shape), [.. layers, new Flatten(), new Linear(Outputs)]);
        LayerKinds kind = layers.Select(layer => layer.Kind).LastOrDefault(kind => kind is not LayerKinds.None);
        return new(
            network,
            [
                Presets.Get("CPLRP"),
                Presets.Get("Gradient"),
                .. RulesOf(kind).Select(rule => new ExplanationSpec(
                    $"{rule.Name}{(rule.ZeroBias ? "WithoutBias" : "")}Rule", rule with { On = kind }, new RuleSpec("Epsilon"))),
            ],
            Seed: 7,
            Scale: Scale);
    }

    private static RuleSpec[] RulesOf(LayerKinds kind) => kind switch
    {
        LayerKinds.None => [],
        LayerKinds.ReLU => [new("Derivative"), new("Guided"), new("Rectified"), new("FromZero")],
        LayerKinds.OtherActivation => [new("Derivative"), new("Guided"), new("Rectified"), new("FromZero"), new("Taylor")],
        LayerKinds.Multiply or LayerKinds.MatMul => [new("Gated"), new("Halves"), new("Derivative")],
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
            .. kind is LayerKinds.Linear or LayerKinds.Convolution ? [new("ZBox", -5, 5) { First = true }] : Array.Empty<RuleSpec>(),
        ],
    };
}
