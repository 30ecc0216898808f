namespace LrpGen.Generator.Model;

/// <summary>What a layer computes, with every number that PyTorch's arguments and the input's shape determine, and what is known of it.</summary>
internal abstract record Operation
{
    /// <summary>The tensors that it needs.</summary>
    public virtual EquatableArray<WeightTensor> Weights => [];

    /// <summary>Multiply-adds of one forward pass; 0 unless it multiplies by weights.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>The kind of layers by which rules choose it; None if it needs no rule.</summary>
    public abstract LayerKinds RuleKind { get; }

    /// <summary>The rule where a composite has none; null if it must have one, or if none is needed.</summary>
    public virtual Rule? DefaultRule => null;

    /// <summary>What is known of the sign of the output, from that of all inputs.</summary>
    public abstract Sign SignOf(Sign input);

    /// <summary>Whether every value of the output is one of the inputs' values, or 0, so that relevance goes back to where it came from.</summary>
    public abstract bool IsSelection { get; }

    /// <summary>Whether the output has the bounds of the input, if these are the same for all values.</summary>
    public virtual bool KeepsBounds => IsSelection;

    /// <summary>Whether it has them channel by channel too, in the same order.</summary>
    public virtual bool KeepsBoundsOfChannels => false;

    /// <summary>What it makes of an axis of its input whose length every call chooses.</summary>
    public abstract Variation Vary(Shape input, VariableAxis axis);

    /// <summary>The axis of what it reads that must lie in the lanes; the present one if any may, which is −1 where it is not known yet.</summary>
    public abstract int LanesToRead(Shape input, int present);

    /// <summary>The axis of what it writes that lies in the lanes, for that of what it reads.</summary>
    public abstract int LanesWritten(Shape input, int lanes);

    /// <summary>Whether a lane of the output comes from that lane of the inputs alone, so that both have one pitch.</summary>
    public abstract bool KeepsLanes(Shape input, int lanes);

    /// <summary>The least pitch of what it reads and writes, where that is more than whole vectors of lanes.</summary>
    public virtual (int Read, int Written) PitchesNeeded => default;

    /// <summary>Whether it takes channels one by one, so that few of them need no whole vectors.</summary>
    public virtual bool TakesNarrowInput => false;

    /// <summary>What distinguishes it from others of its kind, for people, such as: 5×5, padding 2.</summary>
    public abstract IEnumerable<string> Details { get; }

    /// <summary>The arguments that no shape tells, by PyTorch's names.</summary>
    public abstract IEnumerable<(string Name, EquatableArray<double> Values)> Arguments { get; }

    /// <summary>Index of the layer whose weights take it in at load, as batch norm's do; null if it is computed as it stands.</summary>
    public virtual int? FoldedInto => null;

    /// <summary>What it gives for inputs of 0; that is no input's merit.</summary>
    public virtual double ValueAtZero(Shape input) => 0;

    /// <summary>Whether it gives the values that it reads, all of them, in whatever order and shape.</summary>
    public virtual bool OnlyRearranges => false;

    /// <summary>Which rows, positions along the first axis, it reads of an input for those of its output; null for all.</summary>
    /// <param name="written">Of its output; null for all.</param>
    public virtual SomeRows? RowsRead(int input, SomeRows? written) => null;

    /// <summary>Whether a product takes what it gives for a gate of its other factor.</summary>
    public virtual bool IsGate => false;

    /// <summary>How its tensors become weights; null if it has none.</summary>
    public virtual WeightForm? WeightForm => null;

    /// <summary>Where one of its tensors comes from, if it has no other layer's.</summary>
    /// <param name="layer">Name of the layer.</param>
    public virtual TensorSource SourceOf(WeightTensor tensor, string layer) => new(tensor, tensor.Of(layer));

    /// <summary>Heads whose features lie one after another along the last axis of what it gives; null if it has none.</summary>
    public virtual int? OwnHeads => null;

    /// <summary>Values of tensors beside what it reads and writes that a call keeps or works with, at most.</summary>
    public virtual double ValuesKept => 0;

    /// <summary>Where the ledger shows what its learned values absorb.</summary>
    public virtual LedgerColumn Absorber => LedgerColumn.Bias;

    /// <summary>Whether it adds a bias.</summary>
    public bool HasBias => Weights.Any(tensor => tensor.IsBias);
}
