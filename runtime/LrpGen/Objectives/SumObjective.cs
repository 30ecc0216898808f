namespace LrpGen;

/// <summary>A weighted sum of two objectives, see <see cref="Objective.Sum"/>.</summary>
/// <typeparam name="TFirst">Of the first.</typeparam>
/// <typeparam name="TSecond">Of the second.</typeparam>
public readonly struct SumObjective<TFirst, TSecond> : IObjective
    where TFirst : IObjective
    where TSecond : IObjective
{
    private readonly TFirst first;
    private readonly float firstWeight;
    private readonly TSecond second;
    private readonly float secondWeight;

    internal SumObjective(TFirst first, float firstWeight, TSecond second, float secondWeight)
    {
        CheckWeight(firstWeight, nameof(firstWeight));
        CheckWeight(secondWeight, nameof(secondWeight));
        this.first = first;
        this.firstWeight = firstWeight;
        this.second = second;
        this.secondWeight = secondWeight;
    }

    /// <inheritdoc/>
    public float Value(Outputs outputs) => (firstWeight * first.Value(outputs)) + (secondWeight * second.Value(outputs));

    /// <inheritdoc/>
    public void Relevance(Outputs outputs)
    {
        first.Relevance(outputs.Times(firstWeight));
        second.Relevance(outputs.Times(secondWeight));
    }

    /// <inheritdoc/>
    public void Gradient(Outputs outputs)
    {
        first.Gradient(outputs.Times(firstWeight));
        second.Gradient(outputs.Times(secondWeight));
    }

    private static void CheckWeight(float weight, string name)
    {
        if (!float.IsFinite(weight))
        {
            throw new ArgumentOutOfRangeException(name, weight, "Expected a finite weight.");
        }
    }
}
