using System.Reflection;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>Masks on heads, features and rows, and on any axis of an image.</summary>
public sealed class MaskAxisTests
{
    private static readonly RandomCase Rows = new(
        NetworkSpec.Sequential(
            Shape.Of(5, 6),
            new Linear(12),
            new Tanh(),
            new Linear(12) { Inputs = ["0"] },
            new ScaledDotProductAttention(4) { Inputs = ["2", "1", "1"] },
            new Linear(6),
            new LayerNorm(),
            new Mean(),
            new Linear(3)),
        [
            Masked("Heads", "3", null, 2, 0),
            Masked("FeaturesOfHeads", "3", 1, 11, 4, 5),
            Masked("Tokens", "3", 0, 1, 3),
            Masked("Features", "5", -1, 5, 2),
            Masked("FirstTokens", "0", 0, 0, 4),
        ],
        Seed: 11);

    private static readonly RandomCase Image = new(
        NetworkSpec.Sequential(Shape.Of(2, 5, 6), new Conv2d(4, 3), new ReLU(), new Flatten(), new Linear(3)),
        [Masked("Channels", "1", 0, 2), Masked("Lines", "1", 1, 2, 0), Masked("Columns", "1", -1, 3)],
        Seed: 12);

    private static readonly NetworkLibrary Library = new(Rows.Declare(0), Image.Declare(1)) { IsStrict = true };

    private static readonly Lazy<Assembly> Compiled = new(() => Compiler.Load(
        null,
        """
        using LrpGen;
        namespace Declared;
        [Network(7, 6)] [MultiheadAttention(3, Name = "self")] [Linear(5)] [Select(-1)]
        [Explain<AttnLRP>(Name = "Heads", Mask = "self.attention")] [Explain<AttnLRP>(Name = "Positions", Mask = "1", MaskAxis = 0)]
        [Explain<AttnLRP>(Name = "Columns", Mask = "1")]
        public sealed partial class Fixed;
        [Network(20, 6, Variable = true)] [MultiheadAttention(3, Name = "self")] [Linear(5)] [Select(-1)]
        [Explain<AttnLRP>(Name = "Heads", Mask = "self.attention")] [Explain<AttnLRP>(Name = "Positions", Mask = "1", MaskAxis = 0)]
        [Explain<AttnLRP>(Name = "Columns", Mask = "1")]
        public sealed partial class Varying;
        """));

    public static TheoryData<string> OfRows => [.. Rows.Explanations.Select(explanation => explanation.Name)];

    public static TheoryData<string> OfImage => [.. Image.Explanations.Select(explanation => explanation.Name)];

    [Theory]
    [MemberData(nameof(OfRows))]
    public void PartsOfRowsFlowOn(string explanation) => Check(Rows, "Net0", explanation);

    [Theory]
    [MemberData(nameof(OfImage))]
    public void PartsOfAnImageFlowOn(string explanation) => Check(Image, "Net1", explanation);

    /// <summary>Of either length there are as many positions as the call has, and only these may be chosen.</summary>
    [Theory]
    [InlineData("Heads", 3)]
    [InlineData("Positions", 7)]
    [InlineData("Columns", 5)]
    public void CallsThatChooseTheLengthDoTheSame(string explanation, int count)
    {
        MaskedCalls<float> given = new(Load("Fixed"), explanation);
        MaskedCalls<float> varying = new(Load("Varying"), explanation);
        float[] input = Tensors.Random(42, 5);
        float[] sum = new float[42];
        for (int part = 0; part < count; part++)
        {
            float[] relevance = varying.ExplainInArray(input, 2, [part]);
            Assert.Equal(given.ExplainInArray(input, 2, [part]), relevance);
            sum = [.. sum.Zip(relevance, (total, r) => total + r)];
        }

        float[] whole = new float[42];
        Load("Varying").Explain(explanation, input, 2, whole);
        double scale = whole.Max(Math.Abs);
        Assert.All(whole.Zip(sum), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-5 * scale));
        string kind = explanation switch { "Heads" => "heads", "Columns" => "channels", _ => "positions" };
        string message = Assert.Throws<ArgumentOutOfRangeException>("channels", () => varying.ExplainInArray(input, 2, [count])).Message;
        Assert.StartsWith($"Expected {kind} of layer '{(kind == "heads" ? "self.attention" : "1")}', 0 to {count - 1}.", message);
    }

    private static void Check(RandomCase given, string name, string explanation)
    {
        Expectation expectation = new(given, explanation);
        foreach (EngineKind engine in new[] { EngineKind.Looped, EngineKind.Generated, EngineKind.Unrolled })
        {
            IEngineNetwork network = Library.Load(engine, name, given.Network.ToTensors(given.Weights()));
            expectation.Check(network.Explain(explanation, given.Input(), given.Target));
        }
    }

    private static ExplanationSpec Masked(string name, string layer, int? axis, params int[] channels) =>
        new(name, new RuleSpec("Epsilon", 0.01)) { Mask = layer, MaskAxis = axis, Channels = channels };

    private static INetwork Load(string name) => NetworkLibrary.Load(
        Compiled.Value,
        name,
        NetworkLibrary.DescriptionOf(Compiled.Value, name).Fill((tensor, count) => Tensors.Random(count, tensor.Name.Length)));
}
