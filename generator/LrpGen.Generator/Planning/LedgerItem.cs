namespace LrpGen.Generator.Planning;

/// <summary>A part of a layer's account in a trace: a call of the runtime's <c>LedgerEntry</c>.</summary>
/// <param name="Reads">Tensors of the program that it reads.</param>
/// <param name="Bias">The part of the bias that it reads.</param>
internal abstract record LedgerItem(IReadOnlyList<Tensor> Reads, BiasSet? Bias = null);

/// <summary>A share with a denominator.</summary>
/// <param name="S">s_j; null if of the denominators only the bias is left.</param>
internal sealed record Shared(Tensor? S, double Scale, double Stabilizer, BiasSet? Bias) : LedgerItem(S is null ? [] : [S], Bias);

/// <summary>A share without a denominator.</summary>
/// <param name="S">s_j.</param>
/// <param name="Sums">Computes <paramref name="U"/>, which nothing else needs.</param>
/// <param name="U">Σ_i of the terms, and the bias.</param>
internal sealed record Weighted(Tensor S, Block Sums, Tensor U, BiasSet? Bias) : LedgerItem([S, .. Sums.Inputs], Bias);

/// <summary>Every input has all relevance.</summary>
internal sealed record Copied(int Inputs) : LedgerItem([]);

/// <summary>An activation changes the relevance of every element.</summary>
internal sealed record Gated(Tensor Result) : LedgerItem([Result]);

/// <summary>All relevance is handed on.</summary>
internal sealed record Passed() : LedgerItem([]);

/// <summary>Relevance of an input.</summary>
internal sealed record HandedOn(Tensor Result) : LedgerItem([Result]);
