using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// a = f(z) for every activation, accurate to float's rounding. a is as long as z, and may be z itself. The functions and their
/// parameters are PyTorch's.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Activations
{
    /// <summary>max(z, 0).</summary>
    public static void ReLU(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new ReLUFunction(), z, a);

    /// <summary>min(max(z, 0), 6).</summary>
    public static void ReLU6(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new ReLU6Function(), z, a);

    /// <summary>z where z > 0, else slope · z.</summary>
    public static void LeakyReLU(ReadOnlySpan<float> z, double slope, Span<float> a) =>
        Elementwise.Value(new LeakyReLUFunction((float)slope), z, a);

    /// <summary>z where z > 0, else α (eᶻ − 1).</summary>
    public static void ELU(ReadOnlySpan<float> z, double alpha, Span<float> a) =>
        Elementwise.Value(new InDouble<ELUFunction>(new(alpha)), z, a);

    /// <summary>z Φ(z).</summary>
    public static void GELU(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<GELUFunction>(), z, a);

    /// <summary>½ z (1 + tanh(√(2/π) (z + 0.044715 z³))).</summary>
    public static void GELUTanh(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<GELUTanhFunction>(), z, a);

    /// <summary>z σ(z).</summary>
    public static void SiLU(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<SiLUFunction>(), z, a);

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    public static void Sigmoid(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<SigmoidFunction>(), z, a);

    /// <summary>tanh z.</summary>
    public static void Tanh(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<TanhFunction>(), z, a);

    /// <summary>ln(1 + e^(βz)) / β, and z where βz exceeds the threshold.</summary>
    public static void Softplus(ReadOnlySpan<float> z, double beta, double threshold, Span<float> a) =>
        Elementwise.Value(new InDouble<SoftplusFunction>(new(beta, threshold)), z, a);

    /// <summary>z min(max(z / 6 + ½, 0), 1).</summary>
    public static void Hardswish(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<HardswishFunction>(), z, a);

    /// <summary>min(max(z / 6 + ½, 0), 1).</summary>
    public static void Hardsigmoid(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<HardsigmoidFunction>(), z, a);

    /// <summary>min(max(z, low), high).</summary>
    public static void Hardtanh(ReadOnlySpan<float> z, double low, double high, Span<float> a) =>
        Elementwise.Value(new HardtanhFunction((float)low, (float)high), z, a);

    /// <summary>z tanh(ln(1 + eᶻ)).</summary>
    public static void Mish(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<MishFunction>(), z, a);

    /// <summary>λ z where z > 0, else λ α (eᶻ − 1).</summary>
    public static void SELU(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<SELUFunction>(), z, a);

    /// <summary>z where z > 0, else α (e^(z/α) − 1).</summary>
    public static void CELU(ReadOnlySpan<float> z, double alpha, Span<float> a) => Elementwise.Value(new InDouble<CELUFunction>(new(alpha)), z, a);

    /// <summary>z / (1 + |z|).</summary>
    public static void Softsign(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<SoftsignFunction>(), z, a);

    /// <summary>ln σ(z).</summary>
    public static void LogSigmoid(ReadOnlySpan<float> z, Span<float> a) => Elementwise.Value(new InDouble<LogSigmoidFunction>(), z, a);

    /// <summary>eᶻ over its sum across the channels of a pixel.</summary>
    /// <param name="z">pixels · pitch values, channels last.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="channels">C.</param>
    /// <param name="pitch">Lanes of a pixel; those beyond the channels become 0.</param>
    /// <param name="a">pixels · pitch values; may be <paramref name="z"/> itself.</param>
    public static void Softmax(ReadOnlySpan<float> z, int pixels, int channels, int pitch, Span<float> a)
    {
        for (int p = 0; p < pixels; p++)
        {
            ReadOnlySpan<float> logits = z.Slice(p * pitch, channels);
            Span<float> pixel = a.Slice(p * pitch, pitch);
            Span<float> probabilities = pixel[..channels];

            // The largest becomes e⁰ = 1, so that nothing overflows and the sum is at least 1.
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), probabilities);
            TensorPrimitives.Exp(probabilities, probabilities);
            TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<float>(probabilities), probabilities);
            pixel[channels..].Clear();
        }
    }

    /// <summary>z over its Euclidean norm across the lanes of a row.</summary>
    /// <param name="z">rows · pitch values.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">Lanes of a row.</param>
    /// <param name="pitch">Floats from a row to the next; those beyond the lanes become 0.</param>
    /// <param name="eps">The least that is divided by.</param>
    /// <param name="a">rows · pitch values; may be <paramref name="z"/> itself.</param>
    public static void Normalize(ReadOnlySpan<float> z, int rows, int lanes, int pitch, double eps, Span<float> a)
    {
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> values = z.Slice(r * pitch, lanes);
            Span<float> row = a.Slice(r * pitch, pitch);
            TensorPrimitives.Divide(values, (float)Math.Max(Math.Sqrt(Normalizations.Dot(values, values)), eps), row);
            row[lanes..].Clear();
        }
    }
}
