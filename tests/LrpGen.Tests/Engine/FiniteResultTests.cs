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

        [Network(2)] [Linear(2, Name = "first")] [Linear(2, Name = "second")] [Explain<LrpZero>]
        public sealed partial class Large;

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

    private static INetwork Load(string name, float weight)
    {
        Assembly assembly = Networks.Value;
        NetworkDescription description = (NetworkDescription)assembly.GetType($"Declared.{name}")!.GetProperty("Description")!.GetValue(null)!;
        TensorDictionary tensors = new();
        foreach (TensorDescription tensor in description.Tensors)
        {
            float value = tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? 0 : weight;
            tensors.Add(tensor.Name, [.. tensor.Shape.Select(size => (long)size)], Enumerable.Repeat(value, tensor.Shape.Aggregate(1, (a, b) => a * b)).ToArray());
        }

        return NetworkLibrary.Load(assembly, name, tensors);
    }
}
