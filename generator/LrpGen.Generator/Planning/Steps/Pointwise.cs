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

    /// <summary>The steps one by one, but those together that one loop computes: each element needs others of its own place only.</summary>
    /// <param name="shared">Whether they share loops at all.</param>
    public static IEnumerable<IReadOnlyList<Step>> InLoops(IEnumerable<Step> steps, bool shared)
    {
        List<Step> loop = [];
        foreach (Step step in steps)
        {
            if (loop.Count > 0 && !(shared && loop[0] is Pointwise first && step is Pointwise next && first.SharesLoopWith(next)))
            {
                yield return loop;
                loop = [];
            }

            loop.Add(step);
        }

        if (loop.Count > 0)
        {
            yield return loop;
        }
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

    private bool SharesLoopWith(Pointwise other) => IsOfTensorsOnly && other.IsOfTensorsOnly && To.Length == other.To.Length && To.Extent.Count == other.To.Extent.Count;
}
