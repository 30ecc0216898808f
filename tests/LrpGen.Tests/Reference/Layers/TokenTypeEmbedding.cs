using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>a + p with the first row p of a table, for every row of a.</summary>
internal sealed record TokenTypeEmbedding(int Count) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases = [new("", [4, 9], new TokenTypeEmbedding(2))],
        Shapes = [new("9, 12", "TokenTypeEmbedding(2)", "(9, 12)")],
        Faults =
        [
            new("LRP0006", "TokenTypeEmbedding takes an input of shape (T, E), but gets (3, 8, 8)", "[Network(3, 8, 8)] [[|TokenTypeEmbedding(2)|]]"),
            new(
                "LRP0008",
                "count of TokenTypeEmbedding must be at least 1, but is 0",
                "[Network(8, 6)] [TokenTypeEmbedding([|0|])] [Flatten] [Linear(2)]"),
        ],
        Random = input => input.Conserving || input.Shape.Rank != 2 ? [] : [new(5, 5, new TokenTypeEmbedding(3))],
    };

    public override LayerKinds Kind => LayerKinds.Position;

    protected override IEnumerable<string> Arguments => [Text(Count)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - 1;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => [("weight", Shape.Of(Count, input[1]))];

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        double[] row = weights[NameOf("weight")][..input[1]];
        return new LinearLayer(
            input, Kind, [new Connections(0, 0, 1) { Count = input.Size }], [.. Enumerable.Repeat(row, input[0]).SelectMany(values => values)]);
    }
}
