namespace LrpGen.Rules;

/// <summary>
/// The procedure of a composite: at which points the network is run, and how what its rules give there is combined. A composite has at most
/// one; without, an explanation is one pass at the input.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public abstract class ProcedureAttribute : Attribute
{
    private protected ProcedureAttribute()
    {
    }
}

/// <summary>
/// The mean gradient on the straight line from a baseline x₀ to the input x, times their difference: R_i = (x_i − x₀_i) ∫ ∂f/∂x_i dt, by the
/// trapezoidal rule. Sundararajan et al. 2017. Its rules are derivatives.
/// </summary>
/// <remarks>Of tokens, the line runs between the rows that an embedding looks up, and a token gets the sum over its features.</remarks>
/// <param name="steps">Intervals of the trapezoidal rule, at least 1; the network is run at one point more.</param>
/// <param name="baseline">Every value of the baseline, for calls that do not give one; of tokens an id.</param>
public sealed class AlongPathAttribute(int steps = 32, double baseline = 0) : ProcedureAttribute
{
    /// <summary>Intervals of the trapezoidal rule.</summary>
    public int Steps { get; } = steps;

    /// <summary>Every value of the baseline.</summary>
    public double Baseline { get; } = baseline;
}

/// <summary>The mean of the relevance at noisy copies of the input. Smilkov et al. 2017. Its rules may be any.</summary>
/// <remarks>Of tokens, the noise is on the rows that an embedding looks up, and a token gets the sum over its features.</remarks>
/// <param name="samples">Copies, at least 1.</param>
/// <param name="noise">Standard deviation of the noise as a part of the input's range, largest less smallest value; at least 0.</param>
/// <param name="randomSeed">Determines the noise, which is the same in every call.</param>
public sealed class WithNoiseAttribute(int samples = 16, double noise = 0.1, int randomSeed = 0) : ProcedureAttribute
{
    /// <summary>Noisy copies of the input.</summary>
    public int Samples { get; } = samples;

    /// <summary>Standard deviation of the noise as a part of the input's range.</summary>
    public double Noise { get; } = noise;

    /// <summary>Determines the noise.</summary>
    public int RandomSeed { get; } = randomSeed;
}

/// <summary>
/// By how much the output falls when a window of the input, all channels of it, is replaced by a constant: the relevance of a value is the mean
/// over the windows that cover it. Zeiler and Fergus 2014. It has no rules, for the network only predicts.
/// </summary>
/// <remarks>
/// Windows begin at every multiple of the stride; the last of a row and a column end at the edge, so that each is whole. In a signal
/// windows are along its length, in a vector over its features, of tokens along these.
/// </remarks>
/// <param name="window">Height and width of a window, at least 1; of one that is larger than the input, what lies inside.</param>
/// <param name="stride">From one window to the next, 1 to <paramref name="window"/>.</param>
/// <param name="baseline">What replaces the values in a window; of tokens the id of one.</param>
public sealed class OccludeAttribute(int window, int stride, double baseline = 0) : ProcedureAttribute
{
    /// <summary>Height and width of a window.</summary>
    public int Window { get; } = window;

    /// <summary>From one window to the next.</summary>
    public int Stride { get; } = stride;

    /// <summary>What replaces the values in a window.</summary>
    public double Baseline { get; } = baseline;
}

/// <summary>
/// The first-order terms of the Taylor series at a root x₀, f(x₀) = 0: R_i = ∂f/∂x_i(x₀) (x_i − x₀_i). Bach et al. 2015, eq. 6 and 7. Its
/// rules are derivatives. Unless a call gives the root, it is searched downhill from the input.
/// </summary>
/// <remarks>
/// An input outside the bounds is an <see cref="ArgumentException"/>; a search that finds no root throws a <see cref="NoRootException"/>. A
/// given root need not lie within the bounds, but |f(x₀)| ≤ 1e-3 · |f(x)|, else an <see cref="ArgumentException"/> is thrown.
/// </remarks>
public sealed class AtRootAttribute : ProcedureAttribute
{
    /// <summary>The root lies anywhere, or between the bounds that the explanation gives.</summary>
    public AtRootAttribute()
    {
    }

    /// <summary>The root lies between bounds.</summary>
    /// <param name="low">Lowest value of an input.</param>
    /// <param name="high">Highest value of an input; above <paramref name="low"/>.</param>
    public AtRootAttribute(double low, double high)
    {
        Low = low;
        High = high;
    }

    /// <summary>Lowest value of an input.</summary>
    public double Low { get; }

    /// <summary>Highest value of an input.</summary>
    public double High { get; }
}
