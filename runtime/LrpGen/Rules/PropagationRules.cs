namespace LrpGen.Rules;

/// <summary>LRP-ε: R_i = Σ_j a_i w_ij R_j / s_ε(z_j); ε = 0 is LRP-0. Bach et al. 2015, eq. 58.</summary>
/// <param name="epsilon">ε, at least 0.</param>
[Share("a w", Bias = "b")]
public sealed class EpsilonAttribute(double epsilon = 1e-6) : RuleAttribute
{
    /// <summary>ε.</summary>
    public double Epsilon { get; } = epsilon;
}

/// <summary>
/// Generalised LRP-γ, for inputs and outputs of either sign: the parts that agree in sign with z_j are favoured by γ.
/// Montavon et al. 2019, section 10.2.3; generalised by Andéol et al. 2021.
/// </summary>
/// <param name="gamma">γ, at least 0.</param>
[Share("a⁺ (w+γw⁺) + a⁻ (w+γw⁻)", Bias = "(b+γb⁺)", Where = "z>0")]
[Share("a⁺ (w+γw⁻) + a⁻ (w+γw⁺)", Bias = "(b+γb⁻)", Where = "z<0")]
public sealed class GammaAttribute(double gamma) : RuleAttribute
{
    /// <summary>γ.</summary>
    public double Gamma { get; } = gamma;
}

/// <summary>LRP-αβ: positive and negative contributions are shared apart, weighted by α and −β. Bach et al. 2015, eq. 60.</summary>
/// <param name="alpha">α, at least 0.</param>
/// <param name="beta">β, at least 0; α − β = 1.</param>
[Share("a⁺ w⁺ + a⁻ w⁻", Bias = "b⁺", Scale = "α")]
[Share("a⁺ w⁻ + a⁻ w⁺", Bias = "b⁻", Scale = "-β")]
public sealed class AlphaBetaAttribute(double alpha, double beta) : RuleAttribute
{
    /// <summary>α.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>β.</summary>
    public double Beta { get; } = beta;
}

/// <summary>z⁺: positive contributions only, which is LRP-α1β0. Montavon et al. 2017, section 4.1.</summary>
[Share("a⁺ w⁺ + a⁻ w⁻", Bias = "b⁺")]
public sealed class ZPlusAttribute : RuleAttribute;

/// <summary>zB, for a first layer whose inputs lie in [low, high]. Montavon et al. 2017, section 4.2.</summary>
[Share("a w - l w⁺ - h w⁻")]
public sealed class ZBoxAttribute : RuleAttribute
{
    /// <summary>The rule with bounds that the explanation gives.</summary>
    public ZBoxAttribute()
    {
    }

    /// <summary>The rule with bounds of its own.</summary>
    /// <param name="low">Lowest value of an input.</param>
    /// <param name="high">Highest value of an input; above <paramref name="low"/>.</param>
    public ZBoxAttribute(double low, double high)
    {
        Low = low;
        High = high;
    }

    /// <summary>Lowest value of an input.</summary>
    public double Low { get; }

    /// <summary>Highest value of an input.</summary>
    public double High { get; }
}

/// <summary>w²: shares by the squared weights, whatever the input. Montavon et al. 2017, section 4.2.</summary>
[Share("w²", Bias = "b²")]
public sealed class WSquareAttribute : RuleAttribute;

/// <summary>Flat: equal shares for all inputs that an output sees. Lapuschkin et al. 2019.</summary>
[Share("1")]
public sealed class FlatAttribute : RuleAttribute;

/// <summary>R_i = R_j at activations.</summary>
[Gate(Gate.Pass)]
[AppliesTo(LayerKinds.Activation)]
public sealed class PassAttribute : RuleAttribute;

/// <summary>
/// R_i = R_j (f(z) − f(0)) / s_ε(f(z)) at activations. For those with f(0) ≠ 0, as Sigmoid, Softplus and Softmax have, the part f(0) / f(z) is
/// absorbed as a bias is; under <see cref="PassAttribute"/> it goes to the inputs, and where f(z) &lt; f(0) with the wrong sign.
/// </summary>
[Gate(Gate.FromZero)]
[AppliesTo(LayerKinds.Activation)]
public sealed class FromZeroAttribute : RuleAttribute;

/// <summary>Shares in proportion to the inputs, for layers without weights: ε with the weights 1/n of an average, or 1 of a sum.</summary>
[Share("a w")]
[AppliesTo(LayerKinds.AveragePool | LayerKinds.Add | LayerKinds.Upsample)]
public sealed class NormAttribute : RuleAttribute;

/// <summary>
/// A product's gate is a constant, and its other factor takes all. The gate is the factor that is directly the output of a Sigmoid, Hardsigmoid,
/// Softmax, SiLU or GELU; if both are or none is, either takes half. An element of a matrix takes in proportion to what it adds.
/// Of attention the weights are the gate. Arras et al. 2017, Ali et al. 2022.
/// </summary>
[Share("a w")]
[Gate(Gate.Pass)]
[AppliesTo(LayerKinds.Multiply | LayerKinds.MatMul | LayerKinds.Attention)]
public sealed class GatedAttribute : RuleAttribute;

/// <summary>
/// Either factor of a product takes half; an element of a matrix in proportion to what it adds. Within attention softmax takes
/// <see cref="TaylorAttribute"/>. Achtibat et al. 2024, eq. 13.
/// </summary>
[Share("a w")]
[Gate(Gate.Half)]
[AppliesTo(LayerKinds.Multiply | LayerKinds.MatMul | LayerKinds.Attention)]
public sealed class HalvesAttribute : RuleAttribute;

/// <summary>
/// R_i = z_i (R_i − y_i Σ_k R_k) at a softmax y of z, its first Taylor expansion, whose constant term is lost; R_i = R_j at other activations.
/// Achtibat et al. 2024, eq. 11.
/// </summary>
[Gate(Gate.Taylor)]
[AppliesTo(LayerKinds.OtherActivation)]
public sealed class TaylorAttribute : RuleAttribute;
