namespace LrpGen;

/// <summary>Makes what explanations explain besides a single output: <c>net.Explain(ids, Objective.Difference(3, 5), relevance)</c>.</summary>
public static class Objective
{
    /// <summary>An output in a row of outputs: of (T, V) a token's, F = y_rv.</summary>
    /// <param name="row">0 is the first, −1 the last.</param>
    /// <param name="column">Its index in the row.</param>
    public static OutputObjective Output(int row, int column) => new(row, column);

    /// <summary>One output, F = y_k, where another objective is made of it.</summary>
    /// <param name="index">In PyTorch's order.</param>
    public static OutputObjective Output(int index) => new(null, index);

    /// <summary>What speaks for an output rather than for another one: F = y_a − y_b, with relevance y_a at one and −y_b at the other.</summary>
    /// <param name="output">Index of a, in PyTorch's order.</param>
    /// <param name="other">Index of b.</param>
    public static SumObjective<OutputObjective, OutputObjective> Difference(int output, int other) => Difference(Output(output), Output(other));

    /// <summary>F = A − B.</summary>
    /// <param name="first">A.</param>
    /// <param name="second">B.</param>
    public static SumObjective<TFirst, TSecond> Difference<TFirst, TSecond>(TFirst first, TSecond second)
        where TFirst : IObjective
        where TSecond : IObjective => new(first, 1, second, -1);

    /// <summary>F = a A + b B.</summary>
    /// <param name="first">A.</param>
    /// <param name="second">B.</param>
    /// <param name="firstWeight">a, finite.</param>
    /// <param name="secondWeight">b, finite.</param>
    /// <exception cref="ArgumentException">A weight is a NaN or an infinity.</exception>
    public static SumObjective<TFirst, TSecond> Sum<TFirst, TSecond>(TFirst first, TSecond second, float firstWeight = 1, float secondWeight = 1)
        where TFirst : IObjective
        where TSecond : IObjective => new(first, firstWeight, second, secondWeight);

    /// <summary>
    /// The cosine of the outputs y with a vector v, F = Σ y_k v_k / (‖y‖ ‖v‖). Relevance takes the norms for constants, so output k starts with
    /// y_k v_k / (‖y‖ ‖v‖); the gradient is that of the cosine.
    /// </summary>
    /// <param name="vector">v, as many finite values as there are outputs, not all 0. It is not copied.</param>
    /// <exception cref="ArgumentException">Values that are not finite, or all 0; in calls, another length, or outputs that are all 0.</exception>
    public static CosineObjective Cosine(ReadOnlyMemory<float> vector) => new(vector, null);

    /// <summary>The cosine of a row of the outputs with a vector, likewise.</summary>
    /// <param name="vector">v, as many finite values as a row has, not all 0. It is not copied.</param>
    /// <param name="row">0 is the first, −1 the last.</param>
    /// <exception cref="ArgumentException">Values that are not finite, or all 0; in calls, another length, or outputs that are all 0.</exception>
    public static CosineObjective Cosine(ReadOnlyMemory<float> vector, int row) => new(vector, row);
}
