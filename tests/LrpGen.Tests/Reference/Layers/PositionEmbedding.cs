using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>a + p with a learned p for every element.</summary>
/// <param name="Count">Rows of the table of which p is some; null for a parameter of the input's shape.</param>
internal sealed record PositionEmbedding(int? Count = null) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases =
        [
            new("", [4, 20], new PositionEmbedding()),
            new("OfChannels", [5, 2, 3], new PositionEmbedding()),
            new("OfTable", [3, 9], new PositionEmbedding(8) { Offset = 2 }),
        ],
        Shapes = [new("9, 12", "PositionEmbedding", "(9, 12)"), new("9, 12", "PositionEmbedding(16, Offset = 2)", "(9, 12)")],
        Faults =
        [
            new("LRP0006", "PositionEmbedding takes an input of shape (T, E), but gets (3, 8, 8)", "[Network(3, 8, 8)] [[|PositionEmbedding(9)|]]"),
            new(
                "LRP0008",
                "count of PositionEmbedding must be at least 10, but is 9",
                "[Network(8, 6)] [PositionEmbedding([|9|], Offset = 2)] [Flatten] [Linear(2)]"),
            new(
                "LRP0025",
                "Offset has no effect: a parameter has just the positions of the input",
                "[Network(8, 6)] [PositionEmbedding([|Offset = 2|])] [Flatten] [Linear(2)]"),
        ],
        Random = input => input.Conserving
            ? []
            :
            [
                new(15, 15, new PositionEmbedding()),
                .. input.Shape.Rank != 2 ? [] : new[] { new RandomPart(10, 10, OfTable(input.Shape[0])) },
            ],
    };

    /// <summary>A random one, whose table has rows enough.</summary>
    public static Gen<LayerSpec> OfTable(int rows) => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2])
        .Select((offset, more) => (LayerSpec)new PositionEmbedding(rows + offset + more) { Offset = offset });

    /// <summary>The first row of the table that is added.</summary>
    public int Offset { get; init; }

    public override LayerKinds Kind => LayerKinds.Position;

    protected override IEnumerable<string> Arguments =>
        [.. Count is int count ? [Text(count)] : Array.Empty<string>(), .. Named(nameof(Offset), Offset, 0)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - 1;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) =>
        [Count is int count ? ("weight", Shape.Of(count, input[1])) : ("", input)];

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        double[] p = weights[NameOf(Count is null ? "" : "weight")];
        int first = Offset * input[-1];
        return new LinearLayer(input, Kind, [new Connections(0, 0, 1) { Count = input.Size }], p[first..(first + input.Size)]);
    }
}
