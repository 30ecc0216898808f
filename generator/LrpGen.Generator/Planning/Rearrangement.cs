namespace LrpGen.Generator.Planning;

/// <summary>What leads from a layer's output to what one of its readers sees, or from that one's relevance back.</summary>
internal static class Rearrangement
{
    /// <param name="reader">The layer that reads, or has read.</param>
    /// <param name="source">The layer whose output it is; −1 is the network's input.</param>
    public static Block Of(
        Network network, Layer reader, int source, (Tensor Tensor, Arrangement Arrangement) from, (Tensor Tensor, Arrangement Arrangement) to)
    {
        bool isOfRows = from.Arrangement with { Shape = to.Arrangement.Shape } == to.Arrangement;
        Step step = isOfRows
            ? new CopyRows(from.Tensor, (RowsOf(from.Arrangement) ?? RowsOf(to.Arrangement))!, to.Tensor)
            : new Rearrange(from.Tensor, from.Arrangement, to.Tensor, to.Arrangement);
        string description = isOfRows ? Describe.RowsRead(network, source) : Describe.Rearrangement(network, source);
        return Block.Inline(reader.Index, description, step);
    }

    private static SomeRows? RowsOf(Arrangement arrangement) => arrangement.Shape.Variable?.Count.Read;
}
