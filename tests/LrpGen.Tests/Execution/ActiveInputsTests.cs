using System.Runtime.Intrinsics;
using CsCheck;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class ActiveInputsTests
{
    private static readonly float[] Inputs = [0, -0f, 1.5f, -2, float.NaN, float.Epsilon];

    /// <summary>Zeros of both signs are inactive; NaN is not.</summary>
    [Fact]
    public void ActiveInputsAreListedInOrderAndFilledUpToGroups() =>
        Gen.Select(Gen.Int[0, Inputs.Length - 1].Select(index => Inputs[index]).Array[0, ActiveInputs.Most], Gen.Int[0, 1000]).Sample((a, first) =>
        {
            int[] indices = new int[ActiveInputs.Most];
            float[] values = new float[ActiveInputs.Most];
            int[] active = [.. Enumerable.Range(0, a.Length).Where(i => a[i] != 0)];

            int count = ActiveInputs.Gather(a, first, indices, values);

            Assert.Equal((active.Length + 7) / 8 * 8, count);
            Assert.Equal(active.Select(i => first + i), indices.Take(active.Length));
            Assert.Equal(active.Select(i => a[i]), values.Take(active.Length));
            Assert.All(indices[active.Length..count], index => Assert.Equal(first + active[^1], index));
            Assert.All(values[active.Length..count], value => Assert.Equal(0, value));
        });

    /// <summary>The fourth fills up the group, so that 10 · 0 is added where the third has added 3 · 9.</summary>
    [Fact]
    public void ProductsAreAddedWhereTheirInputsAre()
    {
        float[] values = [1, 2, 3, 0];
        int[] indices = [0, 2, 4, 4];
        float[] c = [100, 100, 100, 100, 100];
        ActiveInputs.AddProducts(Vector128.Create(7f, 8, 9, 10), in values[0], ref indices[0], ref c[0]);
        Assert.Equal([107, 100, 116, 100, 127], c);
    }
}
