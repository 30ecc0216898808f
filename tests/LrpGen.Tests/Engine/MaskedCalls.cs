using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>The calls of an explanation with a mask that choose channels.</summary>
/// <param name="network">A generated network.</param>
/// <param name="explanation">Name of the explanation.</param>
internal sealed class MaskedCalls<TInput>(INetworkOf<TInput> network, string explanation)
    where TInput : unmanaged
{
    public delegate void IntoSpan(ReadOnlySpan<TInput> input, int target, ReadOnlySpan<int> channels, Span<float> relevance);

    public delegate float[] IntoArray(ReadOnlySpan<TInput> input, int target, ReadOnlySpan<int> channels);

    public delegate Explanation Traced(ReadOnlySpan<TInput> input, int target, ReadOnlySpan<int> channels);

    public IntoSpan Explain { get; } = Bind<IntoSpan>(network, "Explain" + explanation);

    public IntoArray ExplainInArray { get; } = Bind<IntoArray>(network, "Explain" + explanation);

    public Traced Trace { get; } = Bind<Traced>(network, "Trace" + explanation);

    private static TDelegate Bind<TDelegate>(INetworkOf<TInput> network, string method)
        where TDelegate : Delegate
    {
        Type[] parameters = [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        MethodInfo? found = network.GetType().GetMethod(method, parameters);
        return (found ?? throw new MissingMethodException(network.GetType().Name, method)).CreateDelegate<TDelegate>(network);
    }
}
