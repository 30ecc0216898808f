namespace LrpGen;

/// <summary>What every <see cref="ExplainAttribute{TComposite}"/> has: a name, a seed, and overrides of the parameters of its composite.</summary>
/// <remarks>An override replaces that parameter in every rule of the composite that has it, and in its procedure.</remarks>
public abstract class ExplainAttribute : Attribute
{
    /// <summary>Name of the generated <c>Explain…</c> and <c>Trace…</c> methods; by default the composite's.</summary>
    public string? Name { get; set; }

    /// <summary>Where relevance starts; by default as the composite says, else <see cref="Seed.Logit"/>.</summary>
    public Seed Seed { get; set; }

    /// <summary>
    /// Name of a layer whose channels a call may choose: overloads of <c>Explain{Name}</c> and <c>Trace{Name}</c> take channels, and of the
    /// relevance of that layer's output only what lies in these flows on. Concept relevance propagation, Achtibat et al. 2023.
    /// </summary>
    /// <remarks>
    /// The channels are those of a convolution, or the features of a vector and of rows; of attention they are its heads, and
    /// <c>NAME.attention</c> is that within a <see cref="MultiheadAttentionAttribute"/>. <see cref="MaskAxis"/> says otherwise.
    /// </remarks>
    public string? Mask { get; set; }

    /// <summary>
    /// The axis of the masked layer's output along which calls choose positions in place of channels: 0 for the rows of (T, E), which are tokens,
    /// or −1 for their features.
    /// </summary>
    public int MaskAxis { get; set; }

    /// <summary>ε of the Epsilon rules, at least 0.</summary>
    public double Epsilon { get; set; }

    /// <summary>γ of the Gamma rules, at least 0.</summary>
    public double Gamma { get; set; }

    /// <summary>α of the AlphaBeta rules; α − β = 1.</summary>
    public double Alpha { get; set; }

    /// <summary>β of the AlphaBeta rules; α − β = 1.</summary>
    public double Beta { get; set; }

    /// <summary>
    /// Lowest value that an input can have, for the ZBox rule and the AtRoot procedure, whose calls refuse inputs below it unless they give
    /// the root. If it is at least 0, it also meets <see cref="Rules.Condition.NonNegativeInput"/>, without High too.
    /// </summary>
    public double Low { get; set; }

    /// <summary>
    /// Highest value that an input can have, for the ZBox rule and the AtRoot procedure, whose calls refuse inputs above it unless they give
    /// the root.
    /// </summary>
    public double High { get; set; }

    /// <summary>Lowest value of each input channel, likewise.</summary>
    public double[] Lows { get; set; } = [];

    /// <summary>Highest value of each input channel, likewise.</summary>
    public double[] Highs { get; set; } = [];

    /// <summary>ε that keeps the denominators of the rules other than Epsilon away from 0, at least 0.</summary>
    public double Stabilizer { get; set; }

    /// <summary>Intervals of the AlongPath procedure, at least 1.</summary>
    public int Steps { get; set; }

    /// <summary>Noisy copies of the WithNoise procedure, at least 1.</summary>
    public int Samples { get; set; }

    /// <summary>Standard deviation of the WithNoise procedure as a part of the input's range, at least 0.</summary>
    public double Noise { get; set; }

    /// <summary>Determines the noise of the WithNoise procedure.</summary>
    public int RandomSeed { get; set; }

    /// <summary>
    /// Height and width of the Occlude procedure's windows, at least 1 and at most the input's larger extent; of tokens their number.
    /// </summary>
    public int Window { get; set; }

    /// <summary>From one of the Occlude procedure's windows to the next, 1 to <see cref="Window"/>.</summary>
    public int Stride { get; set; }

    /// <summary>Every value of the baseline of the AlongPath procedure, or what replaces values in the Occlude procedure; of tokens an id.</summary>
    public double Baseline { get; set; }
}

/// <summary>Adds an explanation by the rules of <typeparamref name="TComposite"/>: <c>Explain{Name}</c> and <c>Trace{Name}</c>.</summary>
/// <typeparam name="TComposite">A struct that implements <see cref="IComposite"/> and bears rule attributes.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ExplainAttribute<TComposite> : ExplainAttribute;
