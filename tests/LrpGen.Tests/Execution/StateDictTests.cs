using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class StateDictTests
{
    private static readonly TensorDescription[] Expected =
        [new("0.weight", [2, 3]), new("0.bias", [2]), new("1.weight", [2]), new("10.weight", [1, 2]), new("10.bias", [1])];

    [Fact]
    public void WeightsThatFitAreRead()
    {
        TensorDictionary tensors = Tensors(Expected);
        tensors.Add("1.num_batches_tracked", [], new float[1]);
        Assert.Equal(new float[6], new StateDict(tensors, "Net", Expected).Read("0.weight"));
    }

    [Fact]
    public void NoSourceIsRefused() => Assert.Throws<ArgumentNullException>("source", () => new StateDict(null!, "Net", Expected));

    [Fact]
    public void AllThatDoesNotFitIsListedAtOnce()
    {
        // The rank counts: (6) is not (2, 3), nor is (2, 1) the same as (2).
        TensorDictionary tensors = Tensors(
            [new("0.weight", [6]), new("1.weight", [2, 1]), new("10.weight", [1, 2]), new("9.weight", [4, 4]), new("10.b", [1])]);
        WeightsException exception = Assert.Throws<WeightsException>(() => new StateDict(tensors, "Net", Expected));

        Assert.Equal(["0.bias", "10.bias"], exception.Missing.Select(mismatch => mismatch.Name));
        Assert.Equal(["10.b", "9.weight"], exception.Unexpected.Select(mismatch => mismatch.Name));
        Assert.Equal(["0.weight", "1.weight"], exception.Misshapen.Select(mismatch => mismatch.Name));
        Assert.Equal(
            """
            The weights in memory do not fit the network Net.
            Missing (2):
              0.bias: (2)
              10.bias: (1)
            Unexpected (2):
              10.b: (1)
              9.weight: (4, 4)
            Misshapen (2):
              0.weight: expected (2, 3), found (6)
              1.weight: expected (2), found (2, 1)
            """,
            exception.Message,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void APrefixOfAllNamesIsRecognised()
    {
        TensorDictionary prefixed = Tensors([.. Expected.Select(tensor => tensor with { Name = $"module.{tensor.Name}" })]);
        AssertEndsWith("5 of the missing tensors are there with 'module.' before their names: remove this prefix.", prefixed, Expected);

        TensorDescription[] expected = [.. Expected.Select(tensor => tensor with { Name = $"features.{tensor.Name}" })];
        AssertEndsWith(
            "5 of the missing tensors are there without the 'features.' that their names begin with: add this prefix.", Tensors(Expected), expected);

        static void AssertEndsWith(string hint, TensorDictionary tensors, TensorDescription[] expected)
        {
            WeightsException exception = Assert.Throws<WeightsException>(() => new StateDict(tensors, "Net", expected));
            Assert.EndsWith(hint, exception.Message);
        }
    }

    [Fact]
    public void AMessageListsAtMostTwoThousandOfAKind()
    {
        TensorDictionary tensors = Tensors([.. Enumerable.Range(0, 3000).Select(i => new TensorDescription($"w{i:D4}", [1]))]);
        WeightsException exception = Assert.Throws<WeightsException>(() => new StateDict(tensors, "Net", []));
        Assert.Equal(3000, exception.Unexpected.Count);
        Assert.EndsWith("\n  w1999: (1)\n  and 1000 more", exception.Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void WeightsThatAreNotFiniteAreRefused(float value, string text)
    {
        TensorDictionary tensors = new() { Description = "model.safetensors" };
        tensors.Add("w", [3], new[] { 1, value, value });
        StateDict state = new(tensors, "Net", [new("w", [3])]);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => state.Read("w"));
        Assert.Equal($"model.safetensors: tensor 'w': its element 1 is {text}; a network's weights must be finite as float32.", exception.Message);
    }

    private static TensorDictionary Tensors(IEnumerable<TensorDescription> specs)
    {
        TensorDictionary tensors = new();
        foreach ((string name, IReadOnlyList<int> shape) in specs)
        {
            tensors.Add(name, [.. shape], new float[shape.Aggregate(1, (product, n) => product * n)]);
        }

        return tensors;
    }
}
