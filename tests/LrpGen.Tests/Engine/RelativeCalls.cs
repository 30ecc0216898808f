namespace LrpGen.Tests.Engine;

/// <summary>The overloads of an explanation that take a baseline or a root, which <see cref="INetwork"/> does not have.</summary>
internal sealed class RelativeCalls(INetwork network, string explanation)
{
    public delegate void OfTarget(ReadOnlySpan<float> input, int target, ReadOnlySpan<float> reference, Span<float> relevance);

    public delegate void OfOutputs(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputRelevance, ReadOnlySpan<float> reference, Span<float> relevance);

    public delegate Explanation Tracing(ReadOnlySpan<float> input, int target, ReadOnlySpan<float> reference);

    public OfTarget ExplainTarget { get; } = Bind<OfTarget>(network, "Explain" + explanation);

    public OfOutputs ExplainOutputs { get; } = Bind<OfOutputs>(network, "Explain" + explanation);

    public Tracing Trace { get; } = Bind<Tracing>(network, "Trace" + explanation);

    private static T Bind<T>(INetwork network, string name)
        where T : Delegate
    {
        Type[] parameters = [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        return network.GetType().GetMethod(name, parameters)!.CreateDelegate<T>(network);
    }
}
