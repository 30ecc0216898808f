namespace LrpGen;

/// <summary>What every <see cref="ExplainAttribute{TComposite}"/> has: a name, a seed and overrides of the rules' parameters.</summary>
/// <remarks>An override replaces that parameter in every rule of the composite that has it.</remarks>
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
    public string? Mask { get; set; }

    /// <summary>ε of the Epsilon rules, at least 0.</summary>
    public double Epsilon { get; set; }

    /// <summary>γ of the Gamma rules, at least 0.</summary>
    public double Gamma { get; set; }

    /// <summary>α of the AlphaBeta rules; α − β = 1.</summary>
    public double Alpha { get; set; }

    /// <summary>β of the AlphaBeta rules; α − β = 1.</summary>
    public double Beta { get; set; }

    /// <summary>
    /// Lowest value that an input can have, for the ZBox rule. If it is at least 0, it also meets <see cref="Rules.Condition.NonNegativeInput"/>,
    /// without High too.
    /// </summary>
    public double Low { get; set; }

    /// <summary>Highest value that an input can have, for the ZBox rule.</summary>
    public double High { get; set; }

    /// <summary>Lowest value of each input channel, likewise.</summary>
    public double[] Lows { get; set; } = [];

    /// <summary>Highest value of each input channel, for the ZBox rule.</summary>
    public double[] Highs { get; set; } = [];

    /// <summary>ε that keeps the denominators of the rules other than Epsilon away from 0, at least 0.</summary>
    public double Stabilizer { get; set; }
}

/// <summary>Adds an explanation by the rules of <typeparamref name="TComposite"/>: <c>Explain{Name}</c> and <c>Trace{Name}</c>.</summary>
/// <typeparam name="TComposite">A struct that implements <see cref="IComposite"/> and bears rule attributes.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ExplainAttribute<TComposite> : ExplainAttribute;
