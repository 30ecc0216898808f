namespace LrpGen;

/// <summary>
/// What an explanation explains, where that is not one output: a function F of the outputs, and how it is shared among them. Those that come with
/// LrpGen are made by <see cref="Objective"/>.
/// </summary>
/// <remarks>
/// It is asked once in every pass, between prediction and relevance. A struct that implements it makes calls that allocate nothing.
/// <code>
/// readonly struct Margin(int wanted, int other) : IObjective
/// {
///     public float Value(Outputs outputs) => outputs[wanted] - outputs[other];
///
///     public void Relevance(Outputs outputs)
///     {
///         outputs.Add(wanted, outputs[wanted]);
///         outputs.Add(other, -outputs[other]);
///     }
///
///     public void Gradient(Outputs outputs)
///     {
///         outputs.Add(wanted, 1);
///         outputs.Add(other, -1);
///     }
/// }
/// </code>
/// An exception that it throws is the call's.
/// </remarks>
public interface IObjective
{
    /// <summary>F(y), which procedures compare at their points.</summary>
    /// <param name="outputs">The outputs y.</param>
    float Value(Outputs outputs);

    /// <summary>Adds to every output its relevance R_k, from which an explanation starts; they are to sum up to F(y).</summary>
    /// <param name="outputs">The outputs y.</param>
    void Relevance(Outputs outputs);

    /// <summary>Adds to every output ∂F/∂y_k, from which explanations with <see cref="Seed.One"/> start, as gradients do.</summary>
    /// <param name="outputs">The outputs y.</param>
    void Gradient(Outputs outputs);
}
