namespace LrpGen.Generator.Planning;

/// <summary>Builds the steps that run for one row after another.</summary>
/// <param name="names">Makes tensors of the layer.</param>
/// <param name="steps">Those before the loop.</param>
internal sealed class RowLoop(TensorNames names, List<Step> steps)
{
    private readonly List<RowOf> rows = [];
    private readonly List<Step> body = [];
    private readonly Dictionary<Tensor, Tensor> locals = [];

    /// <summary>A tensor of one row.</summary>
    public Tensor Local(string symbol, int lanes) => names.New(symbol, ExtentOf(lanes));

    /// <summary>A tensor of one row that is 0 at first, and that every row sees as the row before has left it.</summary>
    public Tensor Carried(string symbol, int lanes)
    {
        Tensor carried = Local(symbol, lanes);
        steps.Add(new Clear(0, carried));
        return carried;
    }

    /// <summary>Lanes of the row of a tensor whose turn it is.</summary>
    public Tensor Of(Tensor whole, string symbol, int lane, int lanes)
    {
        RowOf? same = rows.FirstOrDefault(row => row.Whole == whole && row.Lane == lane && row.Row.Lanes == lanes);
        if (same is not null)
        {
            return same.Row;
        }

        Tensor row = names.New(symbol, ExtentOf(lanes));
        rows.Add(new RowOf(row, whole, lane));
        return row;
    }

    /// <summary>The row of a tensor whose turn it is, or the tensor of one row that stands in for it.</summary>
    public Tensor Of(Tensor whole) => locals.TryGetValue(whole, out Tensor? local) ? local
        : whole.Rows == 1 && !whole.Varies ? whole
        : Of(whole, whole.Symbol + "Row", 0, whole.Lanes);

    /// <summary>Lets a tensor of one row stand in for a tensor of which only the last row is needed.</summary>
    public void Replace(Tensor whole, Tensor local) => locals.Add(whole, local);

    public void Add(Step step) => body.Add(step);

    /// <summary>Adds an expression of tensors of one row.</summary>
    public void Add(Expression value, Tensor to) => body.Add(new Pointwise(value, to));

    /// <summary>Adds a function of every element of a tensor of one row.</summary>
    public void Activate(string function, Tensor row, Tensor to) => body.Add(new Activate(new Function(function, [], FunctionKind.Element), row, to));

    /// <summary>
    /// Adds, of steps on all rows, those by which one tensor comes from another, row by row; the others go before or behind the loop.
    /// </summary>
    /// <param name="ofAllRows">The steps.</param>
    /// <param name="from">What the loop computes.</param>
    /// <param name="to">What it needs for the next row.</param>
    /// <param name="isNeeded">Whether something else needs all rows of a tensor.</param>
    public (IReadOnlyList<Step> Before, IReadOnlyList<Step> Behind) AddPath(
        IReadOnlyList<Step> ofAllRows, Tensor from, Tensor to, Func<Tensor, bool> isNeeded)
    {
        HashSet<Tensor> dependent = [from];
        bool[] depends = new bool[ofAllRows.Count];
        for (int k = 0; k < ofAllRows.Count; k++)
        {
            depends[k] = ofAllRows[k].Reads.Any(dependent.Contains);
            dependent.UnionWith(depends[k] ? ofAllRows[k].Writes : []);
        }

        HashSet<Tensor> needed = [to];
        bool[] isWithin = new bool[ofAllRows.Count];
        for (int k = ofAllRows.Count - 1; k >= 0; k--)
        {
            isWithin[k] = depends[k] && ofAllRows[k].Writes.Any(needed.Contains);
            needed.UnionWith(isWithin[k] ? ofAllRows[k].Reads : []);
        }

        Step[] behind = [.. ofAllRows.Where((_, k) => depends[k] && !isWithin[k])];
        Step[] within = [.. ofAllRows.Where((_, k) => isWithin[k])];
        HashSet<Tensor> seen = [.. behind.SelectMany(step => step.Reads)];
        foreach (Tensor local in within.SelectMany(step => step.Writes).Distinct().Where(tensor => !seen.Contains(tensor) && !isNeeded(tensor)))
        {
            if (!locals.ContainsKey(local))
            {
                locals.Add(local, Local(local.Symbol, local.Lanes));
            }
        }

        body.AddRange(within.Select(InRow));
        return ([.. ofAllRows.Where((_, k) => !depends[k])], behind);
    }

    /// <summary>A step on all rows as one on the row whose turn it is.</summary>
    public Step InRow(Step step) => step switch
    {
        Pointwise pointwise => pointwise.On(Of),
        Product { Form: Windowed form, Right: Stored { Weights: var weights } } product => new Product(
            new Dense(form.Inputs, form.Outputs),
            product.Transposed,
            Of(product.Tensor),
            new Stored(weights with
            {
                Packing = Packing.Linear,
                Form = new Dense(form.Inputs, form.Outputs),
                Pitch = Of(product.Transposed ? product.Tensor : product.To).Pitch,
            }),
            product.Bias,
            product.Accumulate,
            Of(product.To)),
        _ => throw new InvalidOperationException($"No row of {step}."),
    };

    /// <summary>The loop.</summary>
    public ForEachRow Close(bool fromEnd)
    {
        HashSet<Tensor> used = [.. body.SelectMany(step => step.Reads.Concat(step.Writes))];
        return new([.. rows.Where(row => used.Contains(row.Row))], body, fromEnd);
    }

    private static Extent ExtentOf(int lanes) => new(1, lanes, Simd.RoundUp(lanes));
}
