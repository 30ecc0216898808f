namespace LrpGen.Generator.Planning;

/// <summary>An expression for every element.</summary>
internal sealed record Pointwise(Expression Value, Tensor To) : Step
{
    /// <summary>The most tensors that a step adds, so that its expression stays readable and shallow.</summary>
    private const int Summands = 8;

    /// <summary>Steps that sum tensors from the first to the last; each but the first adds to what the one before it left.</summary>
    public static IReadOnlyList<Pointwise> SumOf(IReadOnlyList<Tensor> tensors, Tensor to)
    {
        List<Pointwise> steps = [];
        for (int first = 0; first < tensors.Count; first += Summands)
        {
            IEnumerable<Expression> summands = tensors.Skip(first).Take(Summands).Select(tensor => (Expression)new Read(tensor));
            steps.Add(new Pointwise((first > 0 ? summands.Prepend(new Read(to)) : summands).Aggregate((sum, tensor) => sum + tensor), to));
        }

        return steps;
    }

    /// <inheritdoc cref="Product.Rectifies"/>
    public bool Rectifies { get; init; }

    /// <summary>Whether nothing is in the expression that depends on the element's lane alone: no weights, no biases, no row for all rows.</summary>
    public bool IsOfTensorsOnly => !Value.Parts().Any(part => part is ReadWeight or ReadBias or ReadRow);

    public override IEnumerable<Tensor> Reads => Value.Reads();

    public override IEnumerable<Tensor> Writes => [To];

    public override IEnumerable<WeightSet> WeightSets => Value.Parts().OfType<ReadWeight>().Select(read => read.Weights);

    public override IEnumerable<BiasSet> BiasSets => Value.Parts().OfType<ReadBias>().Select(read => read.Bias);

    public override Step On(Func<Tensor, Tensor> map) => this with { Value = Value.On(map), To = map(To) };
}
