using System.Globalization;

namespace LrpGen;

/// <summary>
/// Where the relevance of an explanation went: for every layer, what came to its output is what it handed to its inputs and what bias and
/// stabiliser absorbed and the rule dropped. Prints as a table.
/// </summary>
/// <param name="Rows">The layers in order of declaration; before them the multiplication by the input, if the explanation ends with one.</param>
/// <param name="Seed">Σ R that the explanation started from.</param>
/// <param name="Input">Σ R of the network's input.</param>
public sealed record Ledger(IReadOnlyList<LedgerRow> Rows, double Seed, double Input)
{
    /// <summary>What all biases absorbed.</summary>
    public double Bias => Rows.Sum(row => row.Bias);

    /// <summary>What all stabilisers absorbed.</summary>
    public double Stabilizer => Rows.Sum(row => row.Stabilizer);

    /// <summary>What all layers dropped.</summary>
    public double Dropped => Rows.Sum(row => row.Dropped);

    /// <summary>What all softmaxes lost that were expanded.</summary>
    public double Softmax => Rows.Sum(row => row.Softmax);

    /// <summary>What positions absorbed: where tokens are, against what they are.</summary>
    public double Positions => Rows.Sum(row => row.Positions);

    /// <summary>What class tokens absorbed.</summary>
    public double ClassToken => Rows.Sum(row => row.ClassToken);

    /// <summary>Seed − Input − Bias − Stabilizer − Softmax − Positions − ClassToken − Dropped: rounding.</summary>
    public double Residual => Seed - Input - Bias - Stabilizer - Softmax - Positions - ClassToken - Dropped;

    /// <summary>A row for each layer, and the totals.</summary>
    public override string ToString() => string.Join('\n', TableColumn<LedgerRow>.Print(
        Rows,
        [
            new("layer", row => row.Layer, "total"),
            new("rule", row => row.Rule),
            Numbers("output", row => row.Output, Seed),
            Numbers("input", row => row.Input, Input),
            Numbers("bias", row => row.Bias, Bias),
            Numbers("stabilizer", row => row.Stabilizer, Stabilizer),
            .. NumbersIfAny("softmax", row => row.Softmax, Softmax),
            .. NumbersIfAny("positions", row => row.Positions, Positions),
            .. NumbersIfAny("class token", row => row.ClassToken, ClassToken),
            Numbers("dropped", row => row.Dropped, Dropped),
            Numbers("residual", row => row.Residual, Residual),
        ]));

    private IEnumerable<TableColumn<LedgerRow>> NumbersIfAny(string title, Func<LedgerRow, double> value, double total) =>
        Rows.Any(row => value(row) != 0) ? [Numbers(title, value, total)] : [];

    private static TableColumn<LedgerRow> Numbers(string title, Func<LedgerRow, double> value, double total) =>
        new(title, row => Format(value(row)), Format(total), IsNumber: true);

    private static string Format(double number) =>
        number == 0 ? "0" : number.ToString(Math.Abs(number) < 0.001 ? "0.0e+0" : "0.0000", CultureInfo.InvariantCulture);
}

/// <summary>One layer of a <see cref="Ledger"/>: what comes to its output is all that the other columns say, but for rounding.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Rule">Its rule with parameters, such as <c>Epsilon(1e-6)</c>; empty if it needs none.</param>
/// <param name="Output">Σ R_j of the layer's output, summed over its consumers.</param>
/// <param name="Input">Σ R_i that the layer handed to all its inputs.</param>
/// <param name="Bias">Σ_j b_j s_j, with the part b of the bias in the rule's denominators.</param>
/// <param name="Stabilizer">Σ_j ε sign(d_j) s_j, where d_j is the denominator before it is stabilised.</param>
/// <param name="Dropped">
/// What no share took: where the rule's condition or an activation's derivative is 0, weights do not add up to 1, or a mask stops relevance.
/// </param>
public sealed record LedgerRow(string Layer, string Rule, double Output, double Input, double Bias, double Stabilizer, double Dropped)
{
    /// <summary>What a softmax lost that was expanded, Σ_i R_i − Σ_i a_i (R_i − y_i Σ_k R_k); else 0.</summary>
    public double Softmax { get; init; }

    /// <summary>Σ_j p_j s_j of learned positions p, which a layer adds; else 0.</summary>
    public double Positions { get; init; }

    /// <summary>Σ R of a learned row, a class token; else 0.</summary>
    public double ClassToken { get; init; }

    /// <summary>Output less all other columns: rounding of the float32 in which relevance is computed.</summary>
    public double Residual => Output - Input - Bias - Stabilizer - Softmax - Positions - ClassToken - Dropped;

    /// <summary>The row of a layer that is made of others, of which its own is the last.</summary>
    internal static LedgerRow Join(IReadOnlyList<LedgerRow> parts) => parts.Count == 1 ? parts[0] : parts[^1] with
    {
        // What one part hands to another is none of the layer's inputs.
        Input = parts.Sum(part => part.Input) - parts.Take(parts.Count - 1).Sum(part => part.Output),
        Bias = parts.Sum(part => part.Bias),
        Stabilizer = parts.Sum(part => part.Stabilizer),
        Dropped = parts.Sum(part => part.Dropped),
        Softmax = parts.Sum(part => part.Softmax),
        Positions = parts.Sum(part => part.Positions),
        ClassToken = parts.Sum(part => part.ClassToken),
    };
}
