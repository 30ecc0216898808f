using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Layers;

/// <summary>a + p with one learned row p for all: the first of a table, that of the type 0.</summary>
/// <param name="Features">Of a row.</param>
/// <param name="Types">Rows of the table.</param>
internal sealed record TokenTypeEmbedding(int Features, int Types) : LearnedSum([1, Features], Types)
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (layer.Input.Rank != 2)
        {
            return layer.DoesNotFit("(T, E)");
        }

        int types = layer.Arguments.Integer(1, 1, "count");
        return layer.Arguments.Valid ? new ParsedLayer(new TokenTypeEmbedding(layer.Input[1], types), layer.Input) : null;
    }

    public override IEnumerable<string> Details => [FormattableString.Invariant($"the first of {Types} rows")];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("num_embeddings", [Types])];
}
