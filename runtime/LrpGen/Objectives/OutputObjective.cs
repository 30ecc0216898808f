namespace LrpGen;

/// <summary>One output, see <see cref="Objective.Output(int, int)"/>.</summary>
public readonly struct OutputObjective : IObjective
{
    private readonly int? row;
    private readonly int index;

    internal OutputObjective(int? row, int index)
    {
        this.row = row;
        this.index = index;
    }

    /// <inheritdoc/>
    public float Value(Outputs outputs) => outputs[IndexIn(outputs)];

    /// <inheritdoc/>
    public void Relevance(Outputs outputs)
    {
        int at = IndexIn(outputs);
        outputs.Add(at, outputs[at]);
    }

    /// <inheritdoc/>
    public void Gradient(Outputs outputs) => outputs.Add(IndexIn(outputs), 1);

    private int IndexIn(Outputs outputs) => row is int given ? outputs.IndexOf(given, index) : index;
}
