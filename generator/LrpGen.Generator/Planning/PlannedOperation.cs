namespace LrpGen.Generator.Planning;

/// <summary>An operation that says how it is computed: what every kind of layer must answer.</summary>
internal abstract record PlannedOperation : Operation
{
    /// <summary>Plans the forward pass of a layer.</summary>
    public abstract void Forward(LayerForward plan);

    /// <summary>Plans the way of relevance from a layer's output to its inputs, unless <see cref="PassesRelevance"/>.</summary>
    public abstract void Backward(LayerBackward plan);

    /// <summary>Whether every input gets the relevance of the output as it is, in the same memory.</summary>
    /// <param name="rule">The layer's rule; null if it needs none.</param>
    public abstract bool PassesRelevance(PlanContext context, Rule? rule);

    /// <summary>Whether only positive outputs of what the layer reads have relevance, if that is so of its own.</summary>
    /// <param name="rule">The layer's rule; null if it needs none.</param>
    /// <param name="inputIsNonNegative">Whether what it reads is known to be at least 0.</param>
    /// <param name="ofOutput">Whether only positive outputs of its own have relevance.</param>
    public abstract bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput);

    /// <summary>The layer as a linear map; null if it is none.</summary>
    public virtual LinearMap? MapOf(PlanContext context, TensorNames names) => null;

    /// <summary>The form of its products; null if it has none.</summary>
    public virtual Contraction? Form => null;

    /// <summary>What the description says of the plan of a layer that has no products; null for nothing.</summary>
    public virtual string? Remark(PlanContext context) => null;

    /// <summary>Whether the rule multiplies by the input all that it gives, so that it gives nothing where that is 0.</summary>
    protected static bool MultipliesByInput(Rule rule) => rule.Shares.SelectMany(share => share.Terms).All(Shares.DependsOnInput);
}

/// <summary>A layer in its network.</summary>
internal sealed class PlanContext(NetworkFacts facts, Layer layer)
{
    public NetworkFacts Facts => facts;

    public Layer Layer => layer;

    /// <summary>The layer's weights; it must have some.</summary>
    public Parameter Parameter => layer.Parameter ?? throw new InvalidOperationException($"{layer.Kind} has no weights.");

    public PlannedOperation Operation => (PlannedOperation)layer.Operation;

    /// <summary>Index of the input of a product of two whose other one is a gate; null if both are, or none.</summary>
    public int? FactorThatIsNoGate()
    {
        bool[] isGate = [.. layer.Inputs.Select(IsGate)];
        return isGate[0] == isGate[1] ? null : isGate[0] ? 1 : 0;

        // A softmax may have dropout behind it, as in PyTorch's attention, and a sigmoid the shape of an image.
        bool IsGate(int input) => input >= 0 && facts.Network.Layers[input] is var source
            && (source.Operation.OnlyRearranges ? IsGate(source.Inputs[0]) : source.Operation.IsGate);
    }

    /// <summary>As the layer reads what it reads.</summary>
    public Arrangement Read(int input = 0) => facts.Arrangements.ReadBy(layer, input);

    /// <summary>As the layer writes its output.</summary>
    public Arrangement Written => facts.Arrangements[layer.Index];

    /// <summary>The extent of what the layer reads.</summary>
    public Extent Input => Extent.Of(Read());

    /// <summary>The extent of what it writes.</summary>
    public Extent Output => Extent.Of(Written);
}
