namespace LrpGen.Generator.Planning;

/// <summary>One operation on tensors.</summary>
internal abstract record Step
{
    /// <summary>Tensors that the step reads.</summary>
    public abstract IEnumerable<Tensor> Reads { get; }

    /// <summary>Tensors that the step writes.</summary>
    public abstract IEnumerable<Tensor> Writes { get; }

    /// <summary>Weights that the step reads.</summary>
    public virtual IEnumerable<WeightSet> WeightSets => [];

    /// <summary>Biases that the step reads.</summary>
    public virtual IEnumerable<BiasSet> BiasSets => [];

    /// <summary>Arrangements that the step must know.</summary>
    public virtual IEnumerable<Arrangement> Arrangements => [];

    /// <summary>An arrangement of several rows; of one, element k lies at k.</summary>
    protected static IEnumerable<Arrangement> OfRows(Arrangement arrangement) => arrangement.Rows > 1 ? [arrangement] : [];

    /// <summary>The same step on other tensors.</summary>
    /// <param name="map">What stands in for a tensor.</param>
    public abstract Step On(Func<Tensor, Tensor> map);
}

/// <summary>A step that makes one tensor from others.</summary>
internal abstract record TensorStep(Tensor To, params Tensor[] From) : Step
{
    public override IEnumerable<Tensor> Reads => From;

    public override IEnumerable<Tensor> Writes => [To];
}
