namespace LrpGen.Generator.Planning;

/// <summary>A part of a layer's account in a trace: a call of the runtime's <c>LedgerEntry</c>.</summary>
/// <param name="Reads">Tensors of the program that it reads.</param>
/// <param name="Bias">The part of the bias that it reads.</param>
/// <param name="Sums">Computes what only the account needs.</param>
internal abstract record LedgerItem(IReadOnlyList<Tensor> Reads, Offsets? Bias = null, Block? Sums = null)
{
    /// <summary>The bias among others of those tensors.</summary>
    protected static IReadOnlyList<Tensor> With(Offsets? bias, params Tensor[] tensors) =>
        bias is LiveOffsets live ? [.. tensors, live.Tensor] : tensors;

    /// <summary>The bias of other tensors.</summary>
    /// <param name="map">What stands in for a tensor.</param>
    protected Offsets? BiasOn(Func<Tensor, Tensor> map) => Bias is LiveOffsets live ? new LiveOffsets(map(live.Tensor)) : Bias;

    /// <summary>The same item of other tensors.</summary>
    /// <param name="map">What stands in for a tensor.</param>
    public abstract LedgerItem On(Func<Tensor, Tensor> map);
}

/// <summary>A share with a denominator.</summary>
/// <param name="S">s_j; null if of the denominators only the bias is left.</param>
internal sealed record Shared(Tensor? S, double Scale, double Stabilizer, Offsets? Bias) : LedgerItem(S is null ? With(Bias) : With(Bias, S), Bias)
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Shared(S is null ? null : map(S), Scale, Stabilizer, BiasOn(map));
}

/// <summary>What comes before of a layer is done: further items are of a sum within it.</summary>
/// <param name="Relevance">Of that sum.</param>
internal sealed record Within(Tensor Relevance) : LedgerItem([Relevance])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Within(map(Relevance));
}

/// <summary>A share without a denominator.</summary>
/// <param name="S">s_j.</param>
/// <param name="Sums">Computes <paramref name="U"/>.</param>
/// <param name="U">Σ_i of the terms, and the bias.</param>
internal sealed record Weighted(Tensor S, Block? Sums, Tensor U, Offsets? Bias) : LedgerItem(With(Bias, [S, .. Sums!.Inputs]), Bias, Sums)
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Weighted(map(S), Sums!.On(map), map(U), BiasOn(map));
}

/// <summary>Every input has all relevance.</summary>
internal sealed record Copied(int Inputs) : LedgerItem([])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => this;
}

/// <summary>An activation changes the relevance of every element.</summary>
internal sealed record Gated(Tensor Result) : LedgerItem([Result])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Gated(map(Result));
}

/// <summary>What a function gives for 0 is absorbed, as a bias is.</summary>
/// <param name="S">s_j = R_j / s_ε(f(z)).</param>
/// <param name="Value">f(0).</param>
internal sealed record OffsetFromZero(Tensor S, double Value, double Stabilizer) : LedgerItem([S])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new OffsetFromZero(map(S), Value, Stabilizer);
}

/// <summary>A softmax y of a is expanded: R_i = a_i (R_i − y_i Σ_k R_k).</summary>
internal sealed record Expanded(Tensor A, Tensor Y) : LedgerItem([A, Y])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Expanded(map(A), map(Y));
}

/// <summary>What the softmax of attention loses, which is expanded: Σ s ⊙ z − Σ A ⊙ G.</summary>
/// <param name="S">s_j of the weights' half.</param>
/// <param name="Z">The output.</param>
/// <param name="G">What queries and keys share by.</param>
/// <param name="A">The scores before they are scaled.</param>
/// <param name="Sums">Computes them.</param>
internal sealed record ExpandedWeights(Tensor S, Tensor Z, Tensor G, Tensor A, Block? Sums) : LedgerItem([S, Z, G, .. Sums!.Inputs], null, Sums)
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new ExpandedWeights(map(S), map(Z), map(G), map(A), Sums!.On(map));
}

/// <summary>An input gets what the rule gives it, whatever comes to the output.</summary>
internal sealed record Given(Tensor Result, Arrangement Arrangement) : LedgerItem([Result])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Given(map(Result), Arrangement);
}

/// <summary>What the layer absorbs is shown in a column of its own.</summary>
internal sealed record ShownAs(LedgerColumn Column) : LedgerItem([])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => this;
}

/// <summary>All relevance is handed on.</summary>
internal sealed record Passed() : LedgerItem([])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => this;
}

/// <summary>Relevance of an input.</summary>
internal sealed record HandedOn(Tensor Result, Arrangement Arrangement) : LedgerItem([Result])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new HandedOn(map(Result), Arrangement);
}

/// <summary>Relevance of the state before the first row, which no input has.</summary>
internal sealed record Lost(Tensor Row) : LedgerItem([Row])
{
    public override LedgerItem On(Func<Tensor, Tensor> map) => new Lost(map(Row));
}
