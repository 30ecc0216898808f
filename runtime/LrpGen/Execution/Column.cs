using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The products of one output of a linear layer, whose weights lie as [in][out]: relevance that starts at one target needs
/// only that column. What belongs to the output lies in the first lane of a vector.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Column
{
    /// <summary>z = Σ_i a_i w_i + b.</summary>
    /// <param name="a">The layer's inputs.</param>
    /// <param name="w">The layer's weights.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="pitch">Distance of rows in <paramref name="w"/>.</param>
    /// <param name="target">The column.</param>
    /// <param name="b">The bias.</param>
    /// <param name="z">Receives the sum in its first lane, and zeros.</param>
    public static void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> w, int inputs, int pitch, int target, float b, Span<float> z)
    {
        z.Clear();
        z[0] = b;
        AddProduct(a, w, inputs, pitch, target, z);
    }

    /// <summary>z += Σ_i a_i w_i.</summary>
    /// <inheritdoc cref="Product"/>
    public static void AddProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> w, int inputs, int pitch, int target, Span<float> z)
    {
        // One long sum in float32 would lose digits that the vectors of the whole product keep.
        double sum = 0;
        for (int i = 0; i < inputs; i++)
        {
            sum += (double)a[i] * w[i * pitch + target];
        }

        z[0] = (float)(z[0] + sum);
    }

    /// <summary>c_i = w_i s.</summary>
    /// <param name="s">The output's, in the first lane.</param>
    /// <param name="w">The layer's weights.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="pitch">Distance of rows in <paramref name="w"/>.</param>
    /// <param name="target">The column.</param>
    /// <param name="c">Receives a value for each input, and zeros beyond.</param>
    public static void TransposedProduct(ReadOnlySpan<float> s, ReadOnlySpan<float> w, int inputs, int pitch, int target, Span<float> c)
    {
        c.Clear();
        AddTransposedProduct(s, w, inputs, pitch, target, c);
    }

    /// <summary>c_i += w_i s.</summary>
    /// <inheritdoc cref="TransposedProduct"/>
    public static void AddTransposedProduct(ReadOnlySpan<float> s, ReadOnlySpan<float> w, int inputs, int pitch, int target, Span<float> c)
    {
        for (int i = 0; i < inputs; i++)
        {
            c[i] += w[i * pitch + target] * s[0];
        }
    }
}
