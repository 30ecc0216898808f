using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>A function of one variable and its derivative, a vector at a time. Functions and their parameters are PyTorch's.</summary>
/// <typeparam name="T">
/// float for the piecewise linear ones. double for the others: then every formula is accurate to float's rounding, whereas e.g.
/// 1 − 2 / (e²ᶻ + 1) in float loses half of the digits of tanh z where z is small.
/// </typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivationFunction<T>
{
    /// <summary>f(z).</summary>
    Vector512<T> Value(Vector512<T> z);

    /// <summary>f'(z). At a kink, what PyTorch takes.</summary>
    Vector512<T> Derivative(Vector512<T> z);
}
