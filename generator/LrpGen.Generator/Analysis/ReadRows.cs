namespace LrpGen.Generator.Analysis;

/// <summary>
/// Of which layers only some rows are read, as behind the last attention where a class token's row gives the outputs. Only layers of rows of
/// features are among them, each of whose rows follows from the same row of an input.
/// </summary>
internal sealed class ReadRows
{
    private readonly Network network;
    private readonly Func<Layer, int, int> lanesReadBy;
    private readonly Func<Layer, int> lanesWritten;
    private readonly SomeRows?[] written;

    /// <param name="lanesReadBy">The axis in the lanes of what a layer reads.</param>
    /// <param name="lanesWritten">The axis in the lanes of what it writes.</param>
    public ReadRows(Network network, Func<Layer, int, int> lanesReadBy, Func<Layer, int> lanesWritten)
    {
        (this.network, this.lanesReadBy, this.lanesWritten) = (network, lanesReadBy, lanesWritten);
        written = new SomeRows?[network.Layers.Count];
        HashSet<int> whole = [-1, network.Layers.Count - 1, .. network.Explanations.Select(one => one.Mask?.Layer ?? -1)];
        Dictionary<int, SomeRows> wanted = [];
        foreach (Layer layer in network.Layers.Reverse())
        {
            bool isSome = wanted.TryGetValue(layer.Index, out SomeRows? some) && !whole.Contains(layer.Index) && Gives(layer, some);
            written[layer.Index] = isSome ? some : null;
            for (int input = 0; input < layer.Inputs.Count; input++)
            {
                int source = layer.Inputs[input];
                if (ReadBy(layer, input) is not { } rows || (wanted.TryGetValue(source, out SomeRows? other) && other.AreLast != rows.AreLast))
                {
                    whole.Add(source);
                }
                else if (other is null || other.Count < rows.Count)
                {
                    wanted[source] = rows;
                }
            }
        }
    }

    /// <summary>Rows that are read of a layer's output; null for all.</summary>
    public SomeRows? this[int layer] => layer < 0 ? null : written[layer];

    /// <summary>Rows that a layer reads of one of its inputs; null for all.</summary>
    public SomeRows? ReadBy(Layer layer, int input) => ReadBy(layer, input, this[layer.Index]);

    private SomeRows? ReadBy(Layer layer, int input, SomeRows? ofOutput)
    {
        Shape shape = ShapeOf(layer, input);
        bool hasRows = shape.Rank == 2 && lanesReadBy(layer, input) == 1 && (ofOutput is null || shape[0] == layer.Output[0]);
        return hasRows && layer.Operation.RowsRead(input, ofOutput) is { } rows && rows.Count < shape[0] ? rows : null;
    }

    /// <summary>Whether a layer can give some rows alone: it reads the same ones of every input that has them.</summary>
    private bool Gives(Layer layer, SomeRows rows)
    {
        bool[] reads = [.. layer.Inputs.Select((_, input) => ReadBy(layer, input, rows) == rows)];
        return layer.Output.Rank == 2
            && lanesWritten(layer) == 1
            && reads.Contains(true)
            && layer.Inputs.Select((_, input) => reads[input] || IsReadWhole(layer, input, rows)).All(can => can);
    }

    // As the keys of attention are, or a row that is repeated.
    private bool IsReadWhole(Layer layer, int input, SomeRows rows) =>
        layer.Operation.RowsRead(input, rows) is null || ShapeOf(layer, input) is { Rank: < 2 } || ShapeOf(layer, input)[0] < layer.Output[0];

    private Shape ShapeOf(Layer layer, int input) => network.ShapeOf(layer.Inputs[input]);
}
