using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Rows whose features turn with their positions.</summary>
internal sealed record RotaryEmbedding(int Heads) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases = [new("", [5, 24], new RotaryEmbedding(2)), new("OfOneHead", [3, 6], new RotaryEmbedding(1) { Base = 100 })],
        Exports = [],
        IsExported = false,
        Shapes = [new("128, 768", "RotaryEmbedding(12)", "(128, 768)")],
        Faults =
        [
            new(
                "LRP0006",
                "RotaryEmbedding takes an input of shape (T, 2·d) with an even d, but gets (4, 6)",
                "[Network(4, 6)] [[|RotaryEmbedding(2)|]]"),
        ],
        Random = input => input.Conserving || input.Shape.Rank != 2 || input.Shape[1] % 2 != 0
            ? []
            :
            [
                new(
                    10,
                    10,
                    from heads in RandomInput.DivisorOf(input.Shape[1] / 2)
                    from turns in AnyBase
                    select (LayerSpec)new RotaryEmbedding(heads) { Base = turns }),
            ],
    };

    /// <summary>Of a random one.</summary>
    public static Gen<double> AnyBase { get; } = Gen.OneOf(10000.0, 100);

    public double Base { get; init; } = 10000;

    public override LayerKinds Kind => LayerKinds.Position;

    protected override IEnumerable<string> Arguments => [Text(Heads), .. Named(nameof(Base), Base, 10000)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => 1;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new LinearLayer(inputs[0].Shape, Kind, [.. Turns(inputs[0].Shape)]);

    private IEnumerable<Connections> Turns(Shape shape)
    {
        int half = shape[1] / Heads / 2;
        for (int i = 0; i < shape.Size; i++)
        {
            (int row, int lane) = (i / shape[1], i % shape[1]);
            int feature = lane % (2 * half);
            double angle = row * Math.Pow(Base, -(double)(feature % half) / half);
            bool isFirst = feature < half;
            yield return new(i, i, Math.Cos(angle));
            yield return new(i, isFirst ? i + half : i - half, isFirst ? Math.Sin(angle) : -Math.Sin(angle));
        }
    }
}
