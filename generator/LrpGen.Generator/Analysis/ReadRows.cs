namespace LrpGen.Generator.Analysis;

/// <summary>
/// Of which layers only some rows are read, as behind the last attention where a class token's row gives the outputs. Only layers of rows of
/// features that compute each row from the same row of an input are among them.
/// </summary>
/// <param name="lanesOfOutput">The axis in the lanes of a layer's output; −1 is the network's input.</param>
internal sealed class ReadRows(Network network, Func<int, int> lanesOfOutput, Func<Layer, int, int> lanesReadBy)
{
    private readonly Dictionary<int, SomeRows?> written = [];

    /// <summary>From the last layer to the first.</summary>
    public void Find()
    {
        HashSet<int> whole = [network.Layers.Count - 1, .. network.Explanations.Where(one => one.Mask is not null).Select(one => one.Mask!.Layer)];
        Dictionary<int, List<SomeRows?>> wanted = [];
        foreach (Layer layer in network.Layers.Reverse())
        {
            SomeRows? rows = whole.Contains(layer.Index) || !wanted.TryGetValue(layer.Index, out List<SomeRows?>? all) ? null : Union(all);
            bool canBeSome = rows is not null && layer.Inputs.Select((_, input) => RowsReadBy(layer, input, rows)).Contains(rows);
            written.Add(layer.Index, canBeSome ? rows : null);
            for (int input = 0; input < layer.Inputs.Count; input++)
            {
                int source = layer.Inputs[input];
                if (!wanted.TryGetValue(source, out List<SomeRows?>? others))
                {
                    wanted.Add(source, others = []);
                }

                others.Add(RowsReadBy(layer, input, written[layer.Index]));
            }
        }
    }

    /// <summary>Rows that are read of a layer's output; null if all are, or if it can't compute some alone.</summary>
    public SomeRows? Of(int layer) => written.TryGetValue(layer, out SomeRows? rows) ? rows : null;

    /// <summary>Rows that a layer reads of one of its inputs.</summary>
    public SomeRows? ReadBy(Layer layer, int input) => RowsReadBy(layer, input, Of(layer.Index));

    private SomeRows? RowsReadBy(Layer layer, int input, SomeRows? ofOutput)
    {
        int source = layer.Inputs[input];
        Shape shape = source < 0 ? network.Input : network.Layers[source].Output;
        bool hasRows = shape.Rank == 2
            && shape.Variable is null or { Axis: 0 }
            && lanesOfOutput(source) == 1
            && lanesReadBy(layer, input) == 1
            && (ofOutput is null || (layer.Output[0] == shape[0] && lanesOfOutput(layer.Index) == 1));
        return hasRows && layer.Operation.RowsRead(input, ofOutput) is { } rows && rows.Count < shape[0] ? rows : null;
    }

    private static SomeRows? Union(IReadOnlyList<SomeRows?> wanted) =>
        wanted.Any(rows => rows is null || rows.AreLast != wanted[0]!.AreLast) ? null : wanted[0]! with { Count = wanted.Max(rows => rows!.Count) };
}
