namespace LrpGen.Execution;

/// <summary>The explained function f of the input: the output at the target, or an objective of all outputs.</summary>
/// <param name="passes">The network.</param>
/// <param name="target">Index of the explained output; negative if the objective is explained.</param>
/// <param name="objective">What is explained, where there is no target.</param>
/// <param name="output">Memory for the outputs.</param>
internal readonly ref struct Explained<TInput, TPasses, TObjective>(TPasses passes, int target, TObjective objective, Span<float> output)
    where TInput : unmanaged
    where TPasses : struct, IForwardPass<TInput>
    where TObjective : IObjective, allows ref struct
{
    private readonly TObjective objective = objective;
    private readonly Span<float> output = output;

    public TPasses Passes { get; } = passes;

    public int Target { get; } = target;

    public TObjective Objective => objective;

    /// <summary>f of an input.</summary>
    public float At(ReadOnlySpan<TInput> input)
    {
        Passes.Forward(input, output);
        (int rows, int columns) = Passes.OutputsOf(input.Length);
        return Target >= 0 ? output[Target] : objective.Value(new Outputs(output, Arrangement.Dense(rows * columns), columns, start: default));
    }
}

internal static class Explained
{
    /// <summary>The relevance of a point; under derivatives the gradient of f.</summary>
    public static void Explain<TInput, TPasses, TObjective>(
        this Explained<TInput, TPasses, TObjective> f, ReadOnlySpan<float> point, Span<float> relevance)
        where TInput : unmanaged
        where TPasses : struct, INetworkPasses<TInput>
        where TObjective : IObjective, allows ref struct => f.Passes.Explain(point, f.Target, f.Objective, relevance);
}
