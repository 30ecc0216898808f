using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Layers;

/// <summary>a + p with a learned p for every element.</summary>
/// <param name="Sizes">Of p.</param>
/// <param name="Count">Rows of the table of which p is some; null for a parameter of its own.</param>
/// <param name="Offset">The first row of these.</param>
internal sealed record PositionEmbedding(EquatableArray<int> Sizes, int? Count, int Offset) : LearnedSum(Sizes, Count)
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        const string count = "count";
        const string offset = "Offset";
        if (!layer.Arguments.Has(count))
        {
            if (layer.Arguments.Has(offset))
            {
                layer.Arguments.Fault(Descriptors.NoEffect, offset, offset, "a parameter has just the positions of the input");
            }

            return layer.Arguments.Valid ? new ParsedLayer(new PositionEmbedding(layer.Input.Sizes, null, 0), layer.Input) : null;
        }

        if (layer.Input.Rank != 2)
        {
            return layer.DoesNotFit("(T, E)");
        }

        int positions = layer.Input[0];
        int first = layer.Arguments.Integer(0, 0, Limits.Size - positions, offset);
        int rows = layer.Arguments.Integer(1, first + positions, count);
        return layer.Arguments.Valid ? new ParsedLayer(new PositionEmbedding(layer.Input.Sizes, rows, first), layer.Input) : null;
    }

    protected override int First => Offset;

    public override IEnumerable<string> Details =>
        Count is int count ? [FormattableString.Invariant($"rows {Offset} to {Offset + Sizes[0] - 1} of {count}")] : [];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        Count is int count ? [("num_embeddings", [count]), ("offset", [Offset])] : [];
}
