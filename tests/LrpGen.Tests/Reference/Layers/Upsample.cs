using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>
/// A larger image (C, H, W) or signal (C, L). Output k lies at (k + ½) / scale − ½ among the inputs, and not before the first; it has the nearest
/// one's value, which is that of k / scale, or both neighbours' in proportion to the distance.
/// </summary>
internal sealed record Upsample(int Scale) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Images)
    {
        Cases =
        [
            new("OfSignal", [3, 5], new Upsample(2)),
            new("Nearest", [2, 3, 2], new Upsample(3)),
            new("Bilinear", [2, 3, 2], new Upsample(2) { Bilinear = true }),
            new("Linear", [2, 5], new Upsample(3) { Bilinear = true }),
        ],
        Shapes = [new("3, 4, 5", "Upsample(3)", "(3, 12, 15)"), new("3, 5", "Upsample(2, Mode = UpsampleMode.Bilinear)", "(3, 10)")],
        Faults =
        [
            new(
                "LRP0008",
                "Mode of Upsample must be one of Nearest, Bilinear, but is 2",
                "[Network(3, 4, 8)] [Upsample(2, [|Mode = (UpsampleMode)2|])]"),
            new(
                "LRP0024",
                "The output of Upsample would have more than 536870912 values",
                "[Network(3, 8, 8)] [[|Upsample(536870912)|]]"),
        ],
        Random = input => input.Shape.Rank is 2 or 3
            ? [new(20, Gen.Int[1, 3].Select(Gen.Bool, (scale, bilinear) => (LayerSpec)new Upsample(scale) { Bilinear = bilinear }))]
            : [],
    };

    public bool Bilinear { get; init; }

    public override LayerKinds Kind => LayerKinds.Upsample;

    protected override IEnumerable<string> Arguments => [Text(Scale), .. Bilinear ? ["Mode = UpsampleMode.Bilinear"] : Array.Empty<string>()];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of([inputs[0][0], .. inputs[0].Sizes.Skip(1).Select(size => size * Scale)]);

    public override int? ChannelAxis(Shape input, int? ofInput) => 0;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        Shape output = OutputOf([input]);
        return new LinearLayer(
            output, Kind, Enumerable.Range(0, output.Size).SelectMany(j => ConnectionsOf(j, axis: 1, output.Position(0, j) * input.Stride(0), 1)));

        // With the neighbours along an axis and all behind it.
        IEnumerable<Connections> ConnectionsOf(int j, int axis, int i, double w) => axis == input.Rank
            ? [new(i, j, w)]
            : NeighboursOf(output.Position(axis, j), input[axis])
                .SelectMany(near => ConnectionsOf(j, axis + 1, i + (near.Position * input.Stride(axis)), w * near.Part));
    }

    /// <summary>Inputs with their parts, of which none is 0.</summary>
    private IEnumerable<(int Position, double Part)> NeighboursOf(int k, int size)
    {
        if (!Bilinear)
        {
            return [(k / Scale, 1)];
        }

        double place = Math.Max(((k + 0.5) / Scale) - 0.5, 0);
        int before = (int)place;
        double part = place - before;
        return before == size - 1 || part == 0 ? [(before, 1)] : [(before, 1 - part), (before + 1, part)];
    }
}
