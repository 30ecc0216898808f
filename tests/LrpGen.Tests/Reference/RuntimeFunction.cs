using LrpGen.Execution;

namespace LrpGen.Tests.Reference;

/// <summary>A function of the runtime, over many values at once.</summary>
/// <param name="Value">f.</param>
/// <param name="DerivativeTimes">f′ times a relevance.</param>
internal sealed record RuntimeFunction(RuntimeFunction.Values Value, RuntimeFunction.Products DerivativeTimes)
{
    public delegate void Values(ReadOnlySpan<float> z, Span<float> a);

    public delegate void Products(ReadOnlySpan<float> z, ReadOnlySpan<float> R, Span<float> result);

    /// <summary>One that computes in float.</summary>
    public static RuntimeFunction InFloat<TFunction>(TFunction function)
        where TFunction : struct, IActivationFunction<float> =>
        new((z, a) => function.Value(z, a), (z, R, result) => function.DerivativeTimes(z, R, result));

    /// <summary>One that computes in double.</summary>
    public static RuntimeFunction InDouble<TFunction>(TFunction function)
        where TFunction : struct, IActivationFunction<double> =>
        new((z, a) => function.Value(z, a), (z, R, result) => function.DerivativeTimes(z, R, result));
}
