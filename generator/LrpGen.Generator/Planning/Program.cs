namespace LrpGen.Generator.Planning;

/// <summary>The steps of one layer in one direction: a method of the generated code.</summary>
/// <param name="Layer">Index of the layer; −1 for the network's input and output.</param>
/// <param name="Method">Name of the method; null if the steps are written where they are called.</param>
/// <param name="Summary">What it computes, for its doc comment.</param>
/// <param name="Names">Names within the method of tensors that are not called by their symbol.</param>
internal sealed record Block(int Layer, string? Method, string Summary, IReadOnlyList<Step> Steps, IReadOnlyDictionary<Tensor, string> Names)
{
    public static Block Inline(int layer, string summary, params Step[] steps) => new(layer, null, summary, steps, new Dictionary<Tensor, string>());

    public static Block InMethod(int layer, string method, string summary, IReadOnlyList<Step> steps, params (Tensor Tensor, string Name)[] names) =>
        new(layer, method, summary, steps, Distinct(names));

    /// <summary>The same block on other tensors.</summary>
    /// <param name="map">What stands in for a tensor.</param>
    public Block On(Func<Tensor, Tensor> map) => this with
    {
        Steps = [.. Steps.Select(step => step.On(map))],
        Names = Distinct(Names.Select(name => (map(name.Key), name.Value))),
    };

    // A tensor that is two things has the name of the first.
    private static Dictionary<Tensor, string> Distinct(IEnumerable<(Tensor Tensor, string Name)> names) =>
        names.GroupBy(name => name.Tensor, name => name.Name).ToDictionary(group => group.Key, group => group.First());

    /// <summary>The same block with others for those that its accounts compute sums by.</summary>
    public Block EachSum(Func<Block, Block> rewrite) => this with
    {
        Steps = [.. Steps.Select(step => step is LedgerAccount account ? account.EachSum(rewrite) : step)],
    };

    /// <summary>Whether a step does the work of a ReLU, unless there is a trace.</summary>
    public bool Rectifies => Steps.Any(step => step is Product { Rectifies: true } or Pointwise { Rectifies: true } or Loop { Rectifies: true });

    /// <summary>Tensors in the order in which the steps name them.</summary>
    public IEnumerable<Tensor> Tensors => Steps.SelectMany(step => step.Reads.Concat(step.Writes)).Distinct();

    /// <summary>Tensors that the steps read and do not write.</summary>
    public IEnumerable<Tensor> Inputs => Steps.SelectMany(step => step.Reads).Except(Steps.SelectMany(step => step.Writes));
}

/// <summary>What one call does: forward, then (for an explanation) a start from a target or an objective, then backward.</summary>
/// <remarks>Under a procedure, it is what the procedure runs at each of its points: nothing if the procedure only predicts.</remarks>
/// <param name="Name">Of the generated method.</param>
/// <param name="Explanation">Null for a prediction.</param>
/// <param name="Names">Of its tensors.</param>
internal sealed record Program(
    string Name,
    Explanation? Explanation,
    UniqueNames Names,
    IReadOnlyList<Block> Forward,
    IReadOnlyList<Block> FromTarget,
    IReadOnlyList<Block> FromObjective,
    IReadOnlyList<Block> Backward)
{
    /// <summary>Makes further tensors of a layer.</summary>
    public TensorNames NamesOf(int layer) => new(layer, Names);

    /// <summary>The same program of other blocks, those within accounts as well.</summary>
    public Program Each(Func<Block, Block> rewrite)
    {
        return this with { Forward = All(Forward), FromTarget = All(FromTarget), FromObjective = All(FromObjective), Backward = All(Backward) };

        IReadOnlyList<Block> All(IReadOnlyList<Block> blocks) => [.. blocks.Select(block => rewrite(block.EachSum(rewrite)))];
    }

    public IReadOnlyList<Block> Blocks => [.. Forward, .. FromTarget, .. FromObjective, .. Backward];

    /// <summary>Whether a trace may ask for every layer's activation: not of what a procedure runs.</summary>
    public bool IsTraced => Explanation?.Procedure is null;

    /// <summary>Where its tensors lie.</summary>
    public Placement Placement { get; init; } = Placement.Nothing;
}

/// <summary>All that the generated code of a network does.</summary>
/// <param name="Load">Computes the stored tensors.</param>
/// <param name="Stored">Tensors that do not depend on the input.</param>
internal sealed record Plan(
    NetworkFacts Facts,
    int UnrollBudget,
    Program Forward,
    IReadOnlyList<Program> Explanations,
    IReadOnlyList<Block> Load,
    IReadOnlyList<Tensor> Stored)
{
    /// <summary>Multiply-adds of a layer, some ten microseconds, from which on threads gain by sharing a call.</summary>
    private const long SharedWork = 1 << 20;

    public Network Network => Facts.Network;

    /// <summary>Whether calls may run on several threads, each its part of every step.</summary>
    public bool IsShared { get; } = Facts.Has(Optimizations.Threads) && Facts.Network.Layers.Any(layer => layer.Operation.MultiplyAdds >= SharedWork);

    /// <summary>Such as: looped: 1,849,688,064 multiply-adds exceed 512; in Winograd's tiles of 4×4 outputs.</summary>
    public string Reason(Contraction form) => Reason(form, Facts.InTiles(form));

    /// <summary>The same for one of its products.</summary>
    public string Reason(Contraction form, bool inTiles) =>
        Unrolling.Reason(form, UnrollBudget) + (inTiles ? $"; in Winograd's tiles of {Tiling.Size}×{Tiling.Size} outputs" : "");

    /// <summary>All that any step needs of the weights, once each.</summary>
    public IEnumerable<WeightSet> WeightSets => Blocks.SelectMany(block => block.Steps).SelectMany(step => step.WeightSets).Distinct()
        .GroupBy(set => set.Packed(UnrollBudget)).Select(alike => alike.First());

    /// <summary>All that any step needs of the biases.</summary>
    public IEnumerable<BiasSet> BiasSets => Blocks.SelectMany(block => block.Steps).SelectMany(step => step.BiasSets).Distinct();

    /// <summary>Floats that are kept from loading on: of the weights, and of what no input changes.</summary>
    public long WeightLength =>
        WeightSets.Sum(set => set.Length)
        + BiasSets.Sum(set => set.Length)
        + Stored.Sum(tensor => (long)tensor.Length);

    public IEnumerable<Block> Blocks => [.. Load, .. Forward.Blocks, .. Explanations.SelectMany(program => program.Blocks)];
}
