namespace LrpGen.Tests.Weights;

public class TensorDictionaryTests
{
    [Fact]
    public void HoldsWhatWasAdded()
    {
        TensorDictionary tensors = new();
        tensors.Add("0.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 });
        tensors.Add("scalar", [], new float[] { 7 });

        Assert.Equal(["0.weight", "scalar"], tensors.Names);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensors.Read("0.weight"));
        Assert.Equal([7], tensors.Read("scalar"));
        Assert.False(tensors.TryGetShape("0.bias", out _));
        Assert.Throws<ArgumentException>("name", () => tensors.Read("0.bias", []));
        Assert.Throws<ArgumentException>("name", () => tensors.Read("scalar", new float[2]));
    }

    public static TheoryData<long[]> OtherShapes => [[7], [2, 2], [-2, -3], [6, long.MaxValue]];

    [Theory]
    [MemberData(nameof(OtherShapes))]
    public void RefusesAnotherShape(long[] shape)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("shape", () => new TensorDictionary().Add("w", shape, new float[6]));
        Assert.Contains($"Shape ({string.Join(", ", shape)}) of tensor 'w' does not fit its 6 elements.", exception.Message);
    }

    [Fact]
    public void RefusesANameTwice()
    {
        TensorDictionary tensors = new();
        tensors.Add("w", [0], ReadOnlyMemory<float>.Empty);
        Assert.Throws<ArgumentException>(() => tensors.Add("w", [0], ReadOnlyMemory<float>.Empty));
    }
}
