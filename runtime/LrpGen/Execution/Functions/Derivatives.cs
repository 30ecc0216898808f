using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>
/// result = f'(z) R for every activation: R taken back through it. R and result are as long as z, and may be the same memory. At a
/// kink f' is what PyTorch takes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Derivatives
{
    /// <summary>f'(z) = 1 where z > 0, else 0.</summary>
    public static void ReLU(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new ReLUFunction(), z, R, result);

    /// <summary>f'(z) = 1 where 0 &lt; z &lt; 6, else 0.</summary>
    public static void ReLU6(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new ReLU6Function(), z, R, result);

    /// <summary>f'(z) = 1 where z > 0, else the slope.</summary>
    public static void LeakyReLU(ReadOnlySpan<float> z, double slope, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new LeakyReLUFunction((float)slope), z, R, result);

    /// <summary>f'(z) = 1 where z > 0, else α eᶻ.</summary>
    public static void ELU(ReadOnlySpan<float> z, double alpha, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<ELUFunction>(new(alpha)), z, R, result);

    /// <summary>f'(z) = Φ(z) + z Φ'(z).</summary>
    public static void GELU(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<GELUFunction>(), z, R, result);

    /// <summary>f' is the derivative of the form with tanh.</summary>
    public static void GELUTanh(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<GELUTanhFunction>(), z, R, result);

    /// <summary>f'(z) = σ(z) (1 + z σ(−z)).</summary>
    public static void SiLU(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<SiLUFunction>(), z, R, result);

    /// <summary>f'(z) = σ(z) σ(−z).</summary>
    public static void Sigmoid(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<SigmoidFunction>(), z, R, result);

    /// <summary>f'(z) = 1 − tanh² z.</summary>
    public static void Tanh(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<TanhFunction>(), z, R, result);

    /// <summary>f'(z) = σ(βz), and 1 where βz exceeds the threshold.</summary>
    public static void Softplus(ReadOnlySpan<float> z, double beta, double threshold, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<SoftplusFunction>(new(beta, threshold)), z, R, result);

    /// <summary>f'(z) = z / 3 + ½ where −3 &lt; z &lt; 3, 0 below, 1 above.</summary>
    public static void Hardswish(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<HardswishFunction>(), z, R, result);

    /// <summary>f'(z) = 1/6 where −3 &lt; z &lt; 3, else 0.</summary>
    public static void Hardsigmoid(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<HardsigmoidFunction>(), z, R, result);

    /// <summary>f'(z) = 1 where low &lt; z &lt; high, else 0.</summary>
    public static void Hardtanh(ReadOnlySpan<float> z, double low, double high, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new HardtanhFunction((float)low, (float)high), z, R, result);

    /// <summary>f'(z) = t + z σ(z) (1 − t²), t = tanh(ln(1 + eᶻ)).</summary>
    public static void Mish(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<MishFunction>(), z, R, result);

    /// <summary>f'(z) = λ where z > 0, else λ α eᶻ.</summary>
    public static void SELU(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<SELUFunction>(), z, R, result);

    /// <summary>f'(z) = 1 where z > 0, else e^(z/α).</summary>
    public static void CELU(ReadOnlySpan<float> z, double alpha, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<CELUFunction>(new(alpha)), z, R, result);

    /// <summary>f'(z) = 1 / (1 + |z|)².</summary>
    public static void Softsign(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<SoftsignFunction>(), z, R, result);

    /// <summary>f'(z) = σ(−z).</summary>
    public static void LogSigmoid(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result) =>
        Elementwise.DerivativeTimes(new InDouble<LogSigmoidFunction>(), z, R, result);

    /// <summary>a ⊙ (R − Σ a R), the sum across the channels of a pixel.</summary>
    /// <param name="a">What the softmax gave: pixels · pitch values, channels last.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="channels">C.</param>
    /// <param name="pitch">Lanes of a pixel; those beyond the channels become 0.</param>
    /// <param name="R">pixels · pitch values.</param>
    /// <param name="result">pixels · pitch values; may be <paramref name="R"/> itself.</param>
    public static void Softmax(ReadOnlySpan<float> a, int pixels, int channels, int pitch, ReadOnlySpan<float> R, Span<float> result)
    {
        for (int p = 0; p < pixels; p++)
        {
            ReadOnlySpan<float> probabilities = a.Slice(p * pitch, channels);
            ReadOnlySpan<float> relevance = R.Slice(p * pitch, channels);
            Span<float> pixel = result.Slice(p * pitch, pitch);

            TensorPrimitives.Subtract(relevance, TensorPrimitives.Dot(probabilities, relevance), pixel);
            TensorPrimitives.Multiply(probabilities, pixel[..channels], pixel);
            pixel[channels..].Clear();
        }
    }

    /// <summary>R − y Σ R across the channels of a pixel, y its softmax.</summary>
    /// <param name="y">The softmax: pixels · pitch values.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="pitch">Floats from a pixel to the next; those beyond the channels become 0.</param>
    /// <param name="R">pixels · pitch values.</param>
    /// <param name="result">pixels · pitch values; may be <paramref name="R"/> itself.</param>
    public static void SoftmaxRemainder(ReadOnlySpan<float> y, int pixels, int channels, int pitch, ReadOnlySpan<float> R, Span<float> result)
    {
        for (int p = 0; p < pixels; p++)
        {
            ReadOnlySpan<float> relevance = R.Slice(p * pitch, channels);
            Span<float> pixel = result.Slice(p * pitch, pitch);
            TensorPrimitives.MultiplyAdd(y.Slice(p * pitch, channels), -TensorPrimitives.Sum(relevance), relevance, pixel);
            pixel[channels..].Clear();
        }
    }

    /// <summary>(R − z Σ z R / n²) / n with the norm n across the lanes of a row; R / eps where n is less than eps.</summary>
    /// <param name="z">What is divided: rows · pitch values.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">Lanes of a row.</param>
    /// <param name="pitch">Floats from a row to the next; those beyond the lanes become 0.</param>
    /// <param name="eps">The least that is divided by.</param>
    /// <param name="R">rows · pitch values.</param>
    /// <param name="result">rows · pitch values; may be <paramref name="R"/> itself.</param>
    public static void Normalize(ReadOnlySpan<float> z, int rows, int lanes, int pitch, double eps, ReadOnlySpan<float> R, Span<float> result)
    {
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> values = z.Slice(r * pitch, lanes);
            ReadOnlySpan<float> relevance = R.Slice(r * pitch, lanes);
            Span<float> row = result.Slice(r * pitch, pitch);
            double square = Normalizations.Dot(values, values);
            double norm = Math.Sqrt(square);
            double slope = norm < eps ? 0 : -Normalizations.Dot(values, relevance) / square;
            TensorPrimitives.MultiplyAdd(values, (float)slope, relevance, row);
            TensorPrimitives.Divide(row[..lanes], (float)Math.Max(norm, eps), row);
            row[lanes..].Clear();
        }
    }
}
