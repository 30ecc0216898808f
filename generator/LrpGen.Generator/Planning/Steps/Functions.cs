namespace LrpGen.Generator.Planning;

/// <summary>One of the runtime's functions.</summary>
/// <param name="Name">Name of its struct, without the word Function.</param>
/// <param name="Parameters">Numbers that it is made with.</param>
/// <param name="Kind">What the function sees of a tensor at a time.</param>
internal sealed record Function(string Name, EquatableArray<double> Parameters, FunctionKind Kind)
{
    /// <summary>Whether a row sees only some lanes, those up to its own position.</summary>
    public bool IsCausal { get; init; }
}

/// <summary>What a function sees at a time.</summary>
internal enum FunctionKind
{
    /// <summary>One element.</summary>
    Element,

    /// <summary>A row of lanes.</summary>
    Row,
}

/// <summary>A function of every element, or every row.</summary>
internal sealed record Activate(Function Function, Tensor Tensor, Tensor To) : TensorStep(To, Tensor)
{
    /// <summary>The tensor of whose positions a row has a lane each; null if all calls have as many lanes.</summary>
    public Tensor? LanesOf { get; init; }

    public override Step On(Func<Tensor, Tensor> map) =>
        new Activate(Function, map(Tensor), map(To)) { LanesOf = LanesOf is null ? null : map(LanesOf) };
}

/// <summary>Its derivative times R.</summary>
/// <param name="Tensor">What it is differentiated at.</param>
internal sealed record Differentiate(Function Function, Tensor Tensor, Tensor Relevance, Tensor To) : TensorStep(To, Tensor, Relevance)
{
    /// <inheritdoc cref="Activate.LanesOf"/>
    public Tensor? LanesOf { get; init; }

    public override Step On(Func<Tensor, Tensor> map) =>
        new Differentiate(Function, map(Tensor), map(Relevance), map(To)) { LanesOf = LanesOf is null ? null : map(LanesOf) };
}
