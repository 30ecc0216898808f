namespace LrpGen.Generator.Planning;

/// <summary>A part of a layer's account in a trace: a call of the runtime's <c>LedgerEntry</c>.</summary>
internal abstract record LedgerItem
{
    /// <summary>Tensors of the program that it reads.</summary>
    public virtual IEnumerable<Tensor> Reads => [];

    /// <summary>The part of the bias that it reads.</summary>
    public virtual BiasSet? Bias => null;
}

/// <summary>A share with a denominator.</summary>
/// <param name="S">s_j; null if of the denominators only the bias is left.</param>
internal sealed record Shared(Tensor? S, double Scale, double Stabilizer, BiasSet? BiasInDenominator) : LedgerItem
{
    public override IEnumerable<Tensor> Reads => S is null ? [] : [S];

    public override BiasSet? Bias => BiasInDenominator;
}

/// <summary>A share without a denominator.</summary>
/// <param name="S">s_j.</param>
/// <param name="Sums">Steps of a function that gives u_j, Σ_i of the terms and the bias; nothing else needs them.</param>
internal sealed record Weighted(Tensor S, Block Sums, Tensor U, BiasSet? BiasOfSums) : LedgerItem
{
    public override IEnumerable<Tensor> Reads => [S, .. Sums.Inputs];

    public override BiasSet? Bias => BiasOfSums;
}

/// <summary>Every input has all relevance.</summary>
internal sealed record Copied(int Inputs) : LedgerItem;

/// <summary>An activation changes the relevance of every element.</summary>
internal sealed record Gated(Tensor Result) : LedgerItem
{
    public override IEnumerable<Tensor> Reads => [Result];
}

/// <summary>All relevance is handed on.</summary>
internal sealed record Passed : LedgerItem;

/// <summary>Relevance of an input.</summary>
internal sealed record HandedOn(Tensor Result) : LedgerItem
{
    public override IEnumerable<Tensor> Reads => [Result];
}
