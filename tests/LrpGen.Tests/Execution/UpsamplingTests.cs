using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class UpsamplingTests
{
    private const int Pitch = 8;

    /// <summary>Outputs lie at −¼, ¼, ¾, 1¼ of two inputs, so that the outer ones are the ends.</summary>
    [Fact]
    public void Linear_interpolation_takes_the_ends_beyond_them() => Assert.Equal([10, 12.5f, 17.5f, 20], Row([10, 20], 2, linear: true, power: 1));

    /// <summary>Outputs lie at −⅓, 0, ⅓, ⅔, 1, 4/3: two of them on an input, which then is the only one with a weight.</summary>
    [Fact]
    public void Weights_of_0_are_none() => Assert.Equal([1, 1, 2, 2, 1, 1], Row([1, 1], 3, linear: true, power: 0));

    [Fact]
    public void Weights_are_squared() => Assert.Equal([1, 10 / 16f, 10 / 16f, 1], Row([1, 1], 2, linear: true, power: 2));

    [Fact]
    public void Nearest_repeats() => Assert.Equal([1, 1, 1, 2, 2, 2], Row([1, 2], 3, linear: false, power: 1));

    /// <summary>⟨A a, s⟩ = ⟨a, Aᵀ s⟩, exactly, because weights and values are small binary fractions for scales that are powers of 2.</summary>
    [Theory]
    [InlineData(1, 1, 2, 2, true)]
    [InlineData(3, 4, 2, 4, true)]
    [InlineData(2, 5, 4, 1, true)]
    [InlineData(3, 4, 3, 2, false)]
    public void Transposed_product_is_that_of_the_same_weights(int height, int width, int rowScale, int columnScale, bool linear)
    {
        float[] a = Numbers(height * width * Pitch, 7);
        float[] s = Numbers(a.Length * rowScale * columnScale, 5);
        foreach (int power in new[] { 0, 1, 2 })
        {
            float[] z = new float[s.Length];
            float[] c = new float[a.Length];
            Upsampling.Product(Part.Whole, a, height, width, Pitch, rowScale, columnScale, linear, power, 1, accumulate: false, z);
            Upsampling.TransposedProduct(Part.Whole, s, height, width, Pitch, rowScale, columnScale, linear, power, 1, accumulate: false, c);

            Assert.Equal(Product(z, s), Product(a, c));
        }
    }

    [Fact]
    public void Sums_are_scaled_and_added_to_what_is_there()
    {
        float[] z = [.. Enumerable.Repeat(100f, 2 * Pitch)];
        Upsampling.Product(Part.Whole, Numbers(Pitch, 7), 1, 1, Pitch, 1, 2, linear: true, power: 1, factor: 2, accumulate: true, z);

        Assert.Equal([.. Numbers(Pitch, 7).Concat(Numbers(Pitch, 7)).Select(value => 100 + (2 * value))], z);
    }

    private static float[] Numbers(int count, int period) => [.. Enumerable.Range(0, count).Select(k => (float)(k % period))];

    private static double Product(float[] left, float[] right) => left.Zip(right, (x, y) => (double)x * y).Sum();

    /// <summary>The first lane of what becomes of a row.</summary>
    private static float[] Row(float[] values, int scale, bool linear, int power)
    {
        float[] a = new float[values.Length * Pitch];
        for (int k = 0; k < values.Length; k++)
        {
            a[k * Pitch] = values[k];
        }

        float[] z = new float[a.Length * scale];
        Upsampling.Product(Part.Whole, a, 1, values.Length, Pitch, 1, scale, linear, power, 1, accumulate: false, z);
        return [.. Enumerable.Range(0, values.Length * scale).Select(k => z[k * Pitch])];
    }
}
