using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>A relevance v of the outputs that a call gives: F = Σ v_k y_k to procedures.</summary>
/// <param name="relevance">v, as many finite values as there are outputs.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct GivenRelevance(ReadOnlySpan<float> relevance) : IObjective
{
    private readonly ReadOnlySpan<float> relevance = relevance;

    /// <summary>Stands for an objective in calls that have a target.</summary>
    public static GivenRelevance None => default;

    /// <inheritdoc/>
    public float Value(Outputs outputs) => outputs.Dot(relevance);

    /// <inheritdoc/>
    public void Relevance(Outputs outputs) => outputs.Load(relevance);

    /// <inheritdoc/>
    public void Gradient(Outputs outputs) => outputs.Load(relevance);
}
