namespace LrpGen;

/// <summary>max(x, 0). As PyTorch's <c>nn.ReLU</c>.</summary>
public sealed class ReLUAttribute : LayerAttribute;

/// <summary>min(max(x, 0), 6). As PyTorch's <c>nn.ReLU6</c>.</summary>
public sealed class ReLU6Attribute : LayerAttribute;

/// <summary>x where x ≥ 0, else slope · x. As PyTorch's <c>nn.LeakyReLU</c>.</summary>
/// <param name="slope">Slope where x &lt; 0.</param>
public sealed class LeakyReLUAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>Slope where x &lt; 0.</summary>
    public double Slope { get; } = slope;
}

/// <summary>x where x &gt; 0, else α (eˣ − 1). As PyTorch's <c>nn.ELU</c>.</summary>
/// <param name="alpha">α.</param>
public sealed class ELUAttribute(double alpha = 1.0) : LayerAttribute
{
    /// <summary>α.</summary>
    public double Alpha { get; } = alpha;
}

/// <summary>How <see cref="GELUAttribute"/> computes Φ.</summary>
public enum GeluApproximation
{
    /// <summary>Exactly, by the error function.</summary>
    None,

    /// <summary>½ (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    Tanh,
}

/// <summary>x Φ(x), Φ the cumulative normal distribution. As PyTorch's <c>nn.GELU</c>.</summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>How Φ is computed; exactly by default.</summary>
    public GeluApproximation Approximate { get; set; }
}

/// <summary>x σ(x). As PyTorch's <c>nn.SiLU</c>.</summary>
public sealed class SiLUAttribute : LayerAttribute;

/// <summary>σ(x) = 1 / (1 + e⁻ˣ). As PyTorch's <c>nn.Sigmoid</c>.</summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>tanh x. As PyTorch's <c>nn.Tanh</c>.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary>ln(1 + e^(βx)) / β, and x where βx exceeds the threshold. As PyTorch's <c>nn.Softplus</c>.</summary>
/// <param name="beta">β, above 0.</param>
/// <param name="threshold">Above it the function is taken as x.</param>
public sealed class SoftplusAttribute(double beta = 1.0, double threshold = 20.0) : LayerAttribute
{
    /// <summary>β.</summary>
    public double Beta { get; } = beta;

    /// <summary>Above it the function is taken as x.</summary>
    public double Threshold { get; } = threshold;
}

/// <summary>x min(max(x / 6 + ½, 0), 1). As PyTorch's <c>nn.Hardswish</c>.</summary>
public sealed class HardswishAttribute : LayerAttribute;

/// <summary>min(max(x / 6 + ½, 0), 1). As PyTorch's <c>nn.Hardsigmoid</c>.</summary>
public sealed class HardsigmoidAttribute : LayerAttribute;

/// <summary>min(max(x, min), max). As PyTorch's <c>nn.Hardtanh</c>.</summary>
/// <param name="min">The least value.</param>
/// <param name="max">The largest value, at least <paramref name="min"/>.</param>
public sealed class HardtanhAttribute(double min = -1.0, double max = 1.0) : LayerAttribute
{
    /// <summary>The least value.</summary>
    public double Min { get; } = min;

    /// <summary>The largest value.</summary>
    public double Max { get; } = max;
}

/// <summary>x tanh(ln(1 + eˣ)). As PyTorch's <c>nn.Mish</c>.</summary>
public sealed class MishAttribute : LayerAttribute;

/// <summary>λ x where x &gt; 0, else λ α (eˣ − 1), with the constants of Klambauer et al. 2017. As PyTorch's <c>nn.SELU</c>.</summary>
public sealed class SELUAttribute : LayerAttribute;

/// <summary>x where x &gt; 0, else α (e^(x/α) − 1). As PyTorch's <c>nn.CELU</c>.</summary>
/// <param name="alpha">α, above 0.</param>
public sealed class CELUAttribute(double alpha = 1.0) : LayerAttribute
{
    /// <summary>α.</summary>
    public double Alpha { get; } = alpha;
}

/// <summary>x / (1 + |x|). As PyTorch's <c>nn.Softsign</c>.</summary>
public sealed class SoftsignAttribute : LayerAttribute;

/// <summary>ln σ(x). As PyTorch's <c>nn.LogSigmoid</c>.</summary>
public sealed class LogSigmoidAttribute : LayerAttribute;

/// <summary>x, or w x where x &lt; 0, with one learned w, or one for each position along the first axis. As PyTorch's <c>nn.PReLU</c>.</summary>
/// <param name="numParameters">1 for one w, or the channels of the input (its first axis) for one each.</param>
public sealed class PReLUAttribute(object numParameters) : WeightedLayerAttribute
{
    /// <summary>One w for all channels or one each, as the weight file has it.</summary>
    public PReLUAttribute()
        : this(null!)
    {
    }

    /// <summary>Number of parameters; null if the weight file says it.</summary>
    public object? NumParameters { get; } = numParameters;
}

/// <summary>
/// eˣ over its sum along an axis: without <see cref="Dim"/> the channels of an image, wherever permutations have put them, else the last one. As
/// PyTorch's <c>nn.Softmax</c>.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>
    /// The axis, without the batch; by default the channels of an image, however it is permuted, else the last. Negative ones count from the end.
    /// </summary>
    public int Dim { get; set; } = -1;
}
