using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>What a call refuses beyond a wrong length: inputs that a rule's bounds exclude, and results that are not finite.</summary>
public sealed class FiniteResultTests
{
    private static readonly Lazy<Assembly> Networks = new(() => Compiler.Load(null, """
        using LrpGen;
        using LrpGen.Rules;
        namespace Declared;

        [Network(2, 3)] [Conv1d(2, 2, Name = "conv")] [ReLU] [Flatten] [Linear(2, Name = "head")]
        [Explain<EpsilonPlus>] [Explain<DeepTaylor>(Low = -1, High = 1)] [Explain<Box>] [Explain<DeepTaylor>(Name = "Positive", Low = 0)]
        [Explain<Channels>(Lows = new[] { -1.0, -3.0 }, Highs = new[] { 1.0, 3.0 })]
        public sealed partial class Net;

        [Network(2)] [Linear(2, Name = "first")] [Linear(2, Name = "second")]
        [Explain<DeepTaylor>(Low = 100, High = 200)] [Explain<LrpZero>] [Explain<LrpZero>(Name = "Masked", Mask = "first")] [Explain<SmoothGrad>]
        public sealed partial class Large;

        [Network(2)] [Linear(2, Name = "first")] [Linear(2, Name = "second")]
        public sealed partial class Unexplained;

        [Network(2)] [Linear(1, Name = "first", Bias = false)] [Linear(1, Name = "second", Bias = false)] [Explain<Gradient>]
        public sealed partial class Steep;

        [Network(2)] [Linear(2, Bias = false)]
        [Explain<IntegratedGradients>] [Explain<TaylorDecomposition>(Low = -1, High = 1)] [Explain<SmoothGrad>]
        [Explain<Occlusion>(Window = 1, Stride = 1)]
        public sealed partial class Procedures;


        [ZBox(-2, 2, First = true)] [Epsilon] public readonly struct Box : IComposite;
        [ZBox(First = true)] [Epsilon] public readonly struct Channels : IComposite;
        [Epsilon(0)] public readonly struct LrpZero : IComposite;
        """));

    /// <summary>An input of 0.5 but for one value; the bounds of the call are those of its explanation alone.</summary>
    [Theory]
    [InlineData("EpsilonPlus", 4, 255)]
    [InlineData("DeepTaylor", 4, 1)]
    [InlineData("DeepTaylor", 4, 1.000001f)] // rounding of a preprocessing
    [InlineData("DeepTaylor", 4, 1.1f, "Expected values from -1 to 1, the explanation's bounds, but the one at index 4 is 1.1.")]
    [InlineData("DeepTaylor", 0, -1.1f, "Expected values from -1 to 1, the explanation's bounds, but the one at index 0 is -1.1.")]
    [InlineData("Box", 4, 1.1f)]
    [InlineData("Box", 5, 255, "Expected values from -2 to 2, the explanation's bounds, but the one at index 5 is 255.")]
    [InlineData("Positive", 5, 255)]
    [InlineData("Positive", 5, -0.1f, "Expected values from 0 to Infinity, the explanation's bounds, but the one at index 5 is -0.1.")]
    [InlineData("Channels", 3, 2)]
    [InlineData("Channels", 2, 2, "Expected values from -1 to 1, the explanation's bounds, but the one at index 2 is 2.")]
    public void InputsBeyondAnExplanationsBoundsAreRefused(string explanation, int index, float value, string? message = null)
    {
        INetwork network = Load("Net", 0.5f);
        float[] input = [.. Enumerable.Repeat(0.5f, 6)];
        input[index] = value;
        float[] relevance = new float[6];
        foreach (Action call in new Action[]
        {
            () => network.Explain(explanation, input, 1, relevance),
            () => network.Explain(explanation, input, [1f, 0f], relevance),
            () => network.Trace(explanation, input, 1),
        })
        {
            if (message is null)
            {
                call();
            }
            else
            {
                ArgumentException exception = Assert.Throws<ArgumentException>("input", call);
                Assert.StartsWith(message, exception.Message);
            }
        }
    }

    [Theory]
    [InlineData(3e38f, 3, "Layer 'first' gives Infinity at index 0, though the weights and the input are finite.")]
    [InlineData(1e20f, 1, "Layer 'second' gives Infinity at index 0, though the weights and the input are finite.")]
    public void AnInfinityNamesTheLayerInWhichItArises(float weight, float input, string message)
    {
        INetwork network = Load("Large", weight);
        float[] x = [input, input];
        float[] result = new float[2];
        Assert.Equal(message, Assert.Throws<NotFiniteNumberException>(() => network.Forward(x, result)).Message);
        Assert.Equal(message, Assert.Throws<NotFiniteNumberException>(() => network.Explain("LrpZero", x, 0, result)).Message);
        Assert.Equal(message, Assert.Throws<NotFiniteNumberException>(() => network.Trace("LrpZero", x, 0)).Message);
    }

    /// <summary>Whatever the call starts from or leaves out, and although the first explanation declared has bounds that the input exceeds.</summary>
    [Fact]
    public void EveryCallNamesTheLayer()
    {
        const string first = "Layer 'first' gives Infinity at index 0, though the weights and the input are finite.";
        INetwork network = Load("Large", 3e38f);
        float[] x = [3, 3];
        float[] result = new float[2];
        Masked masked = network.GetType().GetMethod("ExplainMasked", MaskedParameters)!.CreateDelegate<Masked>(network);
        foreach (string explanation in new[] { "LrpZero", "Masked", "SmoothGrad" })
        {
            AssertNotFinite(first, () => network.Explain(explanation, x, [1f, 0f], result));
            AssertNotFinite(first, () => network.Trace(explanation, x, 0));
        }

        AssertNotFinite(first, () => masked(x, 0, [0, 1], result));
        AssertNotFinite(first, () => Load("Unexplained", 3e38f).Forward(x, result));
        AssertNotFinite("Sample 1: " + first, () => network.ForwardBatch(new float[] { 0, 0, 3, 3 }, new float[4]));
        AssertNotFinite("Sample 1: " + first, () => network.ExplainBatch("LrpZero", new float[] { 0, 0, 3, 3 }, new int[2], new float[4]));
    }

    /// <summary>The outputs are finite, 1e20 · 1e20 · 1e-30 · 2, but the gradient 1e40 is not.</summary>
    [Fact]
    public void AnInfinityOfTheWayBackNamesTheRule()
    {
        INetwork network = Load("Steep", 1e20f);
        float[] x = [1e-30f, 1e-30f];
        float[] result = new float[2];
        network.Forward(x, result.AsSpan(1));
        Assert.True(float.IsFinite(result[1]));
        const string message = "The rule at layer 'first' of the explanation gives Infinity at index 0, though the weights and the input are finite.";
        AssertNotFinite(message, () => network.Explain("Gradient", x, 0, result));
        AssertNotFinite(message, () => network.Explain("Gradient", x, [1f], result));
        AssertNotFinite(message, () => network.Trace("Gradient", x, 0));
    }

    /// <summary>The sum 3e38 + 3e38 + … overflows, and so may have any value: no function may make a finite number of it.</summary>
    [Theory]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("ReLU6")]
    [InlineData("Hardsigmoid")]
    [InlineData("Hardtanh")]
    [InlineData("Softsign")]
    [InlineData("LogSigmoid")]
    [InlineData("Softmax")]
    [InlineData("Normalize")]
    [InlineData("LayerNorm")]
    public void AnInfinityThatIsSquashedIsSeen(string function)
    {
        Assembly assembly = Compiler.Load(null, $$"""
            using LrpGen;
            namespace Declared;
            [Network(2)] [Linear(2, Name = "first")] [{{function}}] [Linear(2, Name = "second")]
            [Explain<EpsilonPlus>] [Explain<Gradient>]
            public sealed partial class Squashed;
            """);
        AssertSeen(Load(assembly, "Squashed", 3e38f), [3, 3]);
    }

    /// <summary>NaN, of ∞ − ∞, wins no comparison; a pool hands it on all the same, and the way back gives it relevance.</summary>
    [Fact]
    public void NaNInAPoolIsSeen()
    {
        Assembly assembly = Compiler.Load(null, """
            using LrpGen;
            namespace Declared;
            [Network(1, 4)] [Conv1d(2, 1, Name = "first")] [Conv1d(1, 1)] [MaxPool1d(2)] [ReLU] [Flatten] [Linear(2)]
            [Explain<EpsilonPlus>] [Explain<EpsilonGammaBox>(Low = -10, High = 10)] [Explain<Gradient>]
            public sealed partial class Pooled;
            """);
        AssertSeen(Load(assembly, "Pooled", 3e38f, alternates: true), [3, 3, 3, 3]);
    }

    private static void AssertSeen(INetwork network, float[] x)
    {
        const string message = "Layer 'first' gives Infinity at index 0, though the weights and the input are finite.";
        float[] relevance = new float[x.Length];
        AssertNotFinite(message, () => network.Forward(x, new float[2]));
        foreach (string explanation in network.Explanations)
        {
            AssertNotFinite(message, () => network.Explain(explanation, x, 0, relevance));
            AssertNotFinite(message, () => network.Explain(explanation, x, [1f, 0f], relevance));
        }
    }

    /// <summary>Calls with a baseline or a root check as all others do.</summary>
    [Fact]
    public void ProceduresCheckWhatTheyAreGiven()
    {
        INetwork network = Load("Procedures", 1);
        Type type = network.GetType();
        float[] relevance = new float[2];
        WithReference root = type.GetMethod("ExplainTaylorDecomposition", ReferenceParameters)!.CreateDelegate<WithReference>(network);
        ArgumentException exception = Assert.Throws<ArgumentException>("input", () => root([2, 0], 0, [0, 0], relevance));
        Assert.StartsWith("Expected values from -1 to 1, the explanation's bounds, but the one at index 0 is 2.", exception.Message);

        INetwork large = Load("Procedures", 3e38f);
        WithReference baseline = type.GetMethod("ExplainIntegratedGradients", ReferenceParameters)!.CreateDelegate<WithReference>(large);
        AssertNotFinite(
            "Layer '0' gives Infinity at index 0, though the weights and the input are finite.", () => baseline([3, 3], 0, [-3, -3], relevance));
        foreach (string explanation in network.Explanations.Where(name => name != "TaylorDecomposition"))
        {
            AssertNotFinite(
                "Layer '0' gives Infinity at index 0, though the weights and the input are finite.", () => large.Trace(explanation, [3, 3], 0));
        }
    }

    private delegate void WithReference(ReadOnlySpan<float> input, int target, ReadOnlySpan<float> reference, Span<float> relevance);

    private delegate void Masked(ReadOnlySpan<float> input, int target, ReadOnlySpan<int> channels, Span<float> relevance);

    private static Type[] ReferenceParameters => [typeof(ReadOnlySpan<float>), typeof(int), typeof(ReadOnlySpan<float>), typeof(Span<float>)];

    private static Type[] MaskedParameters => [typeof(ReadOnlySpan<float>), typeof(int), typeof(ReadOnlySpan<int>), typeof(Span<float>)];

    private static void AssertNotFinite(string message, Action call) =>
        Assert.Equal(message, Assert.Throws<NotFiniteNumberException>(call).Message);

    private static INetwork Load(string name, float weight) => Load(Networks.Value, name, weight);

    /// <param name="alternates">Whether every other weight is negative.</param>
    private static INetwork Load(Assembly assembly, string name, float weight, bool alternates = false)
    {
        return NetworkLibrary.Load(assembly, name, NetworkLibrary.DescriptionOf(assembly, name).Fill(Values));

        float[] Values(TensorDescription tensor, int count)
        {
            float value = tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? 0 : weight;
            return [.. Enumerable.Range(0, count).Select(k => alternates && k % 2 == 1 ? -value : value)];
        }
    }
}
